import { fail, ok } from '@quayside/core'
import type { Health } from '@quayside/server'
import { checkMigrations, type MigratedDatabase } from '../migrations.ts'

export function createHealth(database: MigratedDatabase): Health {
  return {
    async check() {
      const checked = await checkMigrations(database)
      if (checked.ok) return ok(null)
      const { failure } = checked
      switch (failure.reason) {
        case 'migrations_missing':
          return fail({ reason: 'database_not_migrated', cause: failure.missing.join(', ') })
        case 'migrations_unknown':
          return fail({ reason: 'database_not_migrated', cause: failure.unknown.join(', ') })
        case 'migration_failed':
          return fail({ reason: 'store_unavailable', cause: failure.cause })
      }
    },
  }
}
