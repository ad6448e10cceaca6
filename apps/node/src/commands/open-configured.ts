import { fail, ok, type Result } from '@quayside/core'
import { createLog } from '@quayside/server'
import { type DatabaseAddress, parseDatabaseAddress } from '../database/address.ts'
import type { Database, DatabaseOptions } from '../database/database.ts'
import { openDatabase } from '../database/open.ts'
import { readDatabaseSettings, type Values } from '../settings/settings.ts'
import { reportDatabase, reportSettings } from './report.ts'

/** A database that was opened, and its address. */
export interface ConfiguredDatabase {
  readonly database: Database
  readonly address: DatabaseAddress
}

/** Opens the database of the settings. When that fails, has said why, and returns the exit code. */
export async function openConfigured(
  values: Values,
  { creates = true }: Pick<DatabaseOptions, 'creates'> = {},
): Promise<Result<ConfiguredDatabase, number>> {
  const settings = readDatabaseSettings(values)
  if (!settings.ok) return fail(reportSettings(settings.failure))
  const parsed = parseDatabaseAddress(settings.value.url)
  if (!parsed.ok) return fail(reportDatabase(parsed.failure, null))
  const address = parsed.value
  const now = () => new Date()
  const opened = await openDatabase(address, {
    now,
    enqueueEvent: () => undefined,
    log: createLog((line) => process.stdout.write(`${line}\n`), now),
    ...settings.value,
    creates,
  })
  return opened.ok
    ? ok({ database: opened.value, address })
    : fail(reportDatabase(opened.failure, address))
}

/** The same for what needs the tables of this version. */
export async function openMigrated(values: Values): Promise<Result<ConfiguredDatabase, number>> {
  const opened = await openConfigured(values, { creates: false })
  if (!opened.ok) return opened
  const { database, address } = opened.value
  const checked = await database.check()
  if (checked.ok) return opened
  await database.close()
  return fail(reportDatabase(checked.failure, address))
}
