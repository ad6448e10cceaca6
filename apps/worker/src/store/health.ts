import type { D1Database } from '@cloudflare/workers-types'
import { fail, ok } from '@quayside/core'
import type { Health } from '@quayside/server'
import { runOnce } from './batch.ts'

/** The newest file in `migrations`: wrangler writes the name of each that it applied into its own table. */
export const newestMigration = '0007_paid_amount.sql'

const selectMigration = 'SELECT name FROM d1_migrations WHERE name = ?1'

export function createHealth(db: D1Database): Health {
  return {
    async check() {
      const batch = await runOnce(db, [db.prepare(selectMigration).bind(newestMigration)])
      if (batch.ok) {
        const isApplied = batch.value[0]?.results.length === 1
        return isApplied ? ok(null) : fail({ reason: 'database_not_migrated' })
      }
      const cause = 'cause' in batch.failure ? batch.failure.cause : null
      const isEmpty = cause instanceof Error && cause.message.includes('no such table')
      return fail({ reason: isEmpty ? 'database_not_migrated' : 'store_unavailable', cause })
    },
  }
}
