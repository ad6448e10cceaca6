import type { D1Database } from '@cloudflare/workers-types'
import type { Books } from '../../../../packages/server/src/ports/tables.ts'
import { createBulk } from './bulk.ts'
import { createCancels } from './cancels.ts'
import { createExceptions } from './exceptions.ts'
import { createLooks } from './looks.ts'
import { createMarks } from './marks.ts'
import { createRevocations } from './revocations.ts'

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
