import type { D1Database } from '@cloudflare/workers-types'
import type { Books } from '@quayside/server'
import { createCancels } from './cancels.ts'
import { createMarks } from './cursors.ts'
import { createBulk } from './order-queries.ts'
import { createLooks } from './poll-schedule.ts'
import { createExceptions } from './reconciliation-issues.ts'
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
