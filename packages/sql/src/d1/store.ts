import { fail, ok, type Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import { isHit } from '../driver.ts'
import type { CheckedDatabase, MigrationFailure } from '../migrations.ts'
import { createSqliteDialect } from '../sqlite/dialect.ts'
import { createStore, type StoreOptions } from '../store/store.ts'
import { createD1Driver, type D1Binding, type D1Statement } from './driver.ts'
import { newestMigration } from './newest-migration.ts'

export type { D1Binding, D1Statement, MigrationFailure, StoreOptions }

const dialect = createSqliteDialect({
  refunded: 'given_back',
  failedEvents: 'outbox_dead',
  hasEventTypes: true,
})

const selectMigration = 'SELECT name FROM d1_migrations WHERE name = ?1'

/**
 * Makes the server's store on a D1 database of Cloudflare. Each call is one `batch()`.
 *
 * @param db The binding. wrangler applies the migrations: `migrations_dir` is the folder `migrations/d1` of this package.
 * @param options The clock, and who is told of new events.
 * @returns The store. Calls fail with `store_unavailable` while a migration is missing.
 *
 * @example
 * ```ts
 * import type { D1Database } from '@cloudflare/workers-types'
 * import { createD1Store } from '@quayside/sql/d1'
 *
 * const open = (env: { DB: D1Database }) => createD1Store(env.DB)
 * console.log(typeof open) // function
 * ```
 */
export function createD1Store(db: D1Binding, options: StoreOptions = {}): Store {
  return createStore(toChecked(db), dialect, options)
}

/**
 * Checks that wrangler applied the newest migration of this version, and so those before it. Do not serve otherwise. Later
 * ones are no failure: they may be yours.
 *
 * @param db The binding.
 * @returns Null when it did. Failures: `migrations_missing`, and `migration_failed` when D1 does not respond.
 */
export function checkD1(db: D1Binding): Promise<Result<null, MigrationFailure>> {
  return toChecked(db).check()
}

function toChecked(db: D1Binding): CheckedDatabase {
  const driver = createD1Driver(db)
  return {
    driver,
    async check() {
      const missing = fail({ reason: 'migrations_missing', missing: [newestMigration] } as const)
      try {
        const [read] = await driver.run([{ text: selectMigration, values: [newestMigration] }])
        return read !== undefined && isHit(read) ? ok(null) : missing
      } catch (cause) {
        const isEmpty = String(cause).includes('no such table')
        return isEmpty ? missing : fail({ reason: 'migration_failed', cause })
      }
    },
  }
}
