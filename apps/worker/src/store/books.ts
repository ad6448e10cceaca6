import type { D1Database } from '@cloudflare/workers-types'
import { type Bulk, createBulk } from './bulk.ts'
import { type Cancels, createCancels } from './cancels.ts'
import { createExceptions, type Exceptions } from './exceptions.ts'
import { createLooks, type Looks } from './looks.ts'
import { createMarks, type Marks } from './marks.ts'
import { createRevocations, type Revocations } from './revocations.ts'

/** What is kept beside the orders: for cancels, and for repair. */
export interface Books {
  readonly bulk: Bulk
  readonly cancels: Cancels
  readonly exceptions: Exceptions
  readonly looks: Looks
  readonly marks: Marks
  readonly revocations: Revocations
}

export function createBooks(db: D1Database, now: () => Date): Books {
  return {
    bulk: createBulk(db),
    cancels: createCancels(db, now),
    exceptions: createExceptions(db, now),
    looks: createLooks(db, now),
    marks: createMarks(db, now),
    revocations: createRevocations(db, now),
  }
}
