import { fail, ok } from '@quayside/core'
import type { Health } from '@quayside/server'
import type { CheckedDatabase } from '../migrations.ts'

export function createHealth(database: CheckedDatabase): Health {
  return {
    async check() {
      const checked = await database.check()
      if (checked.ok) return ok(null)
      const { failure } = checked
      if (failure.reason === 'migration_failed') {
        return fail({ reason: 'store_unavailable', cause: failure.cause })
      }
      const names = failure.reason === 'migrations_missing' ? failure.missing : failure.unknown
      return fail({ reason: 'database_not_migrated', cause: names.join(', ') })
    },
  }
}
