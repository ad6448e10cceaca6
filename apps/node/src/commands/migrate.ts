import type { Values } from '../settings/settings.ts'
import { exitCodes } from './exit-codes.ts'
import { openConfigured } from './open-configured.ts'
import { reportDatabase, reportMigrations } from './report.ts'

/** Brings the tables of the database to this version. Returns the exit code. */
export async function migrate(values: Values): Promise<number> {
  const opened = await openConfigured(values)
  if (!opened.ok) return opened.failure
  const { database, address } = opened.value
  const migrated = await database.migrate()
  await database.close()
  if (!migrated.ok) return reportDatabase(migrated.failure, address)
  reportMigrations(migrated.value, address)
  return exitCodes.done
}
