import { describeCause } from '@quayside/server'
import { type CopyFailure, copyDatabase } from '@quayside/sql'
import { type DatabaseAddress, describeAddress } from '../database/address.ts'
import type { Values } from '../settings/settings.ts'
import { exitCodes } from './exit-codes.ts'
import { openMigrated } from './open-configured.ts'
import { say } from './report.ts'

/** Copies all rows of the database of the settings to an empty one at another address. Returns the exit code. */
export async function copy(values: Values, targetAddress: string): Promise<number> {
  const source = await openMigrated(values)
  if (!source.ok) return source.failure
  const { database } = source.value
  const target = await openMigrated({ ...values, DATABASE_URL: targetAddress })
  if (!target.ok) {
    await database.close()
    return target.failure
  }
  const copied = await copyDatabase(database.handle, target.value.database.handle, report)
  await database.close()
  await target.value.database.close()
  if (!copied.ok) {
    say(explain(copied.failure, target.value.address))
    return exitCodes.database
  }
  say(`${copied.value} rows are copied to ${describeAddress(target.value.address)}`)
  return exitCodes.done
}

/** One line for about a hundred thousand rows: a table may have millions. */
const rowsPerLine = 100_000

function report(table: string, rows: number): void {
  if (rows % rowsPerLine === 0) say(`${table}: ${rows} rows`)
}

function explain(failure: CopyFailure, target: DatabaseAddress): string {
  const place = describeAddress(target)
  switch (failure.reason) {
    case 'target_not_empty':
      return `${place} has rows in ${failure.table} already. Copy to a new database: run quayside migrate on it first.`
    case 'store_unavailable':
      return `The copy failed: ${describeCause(failure.cause)}. Drop what is at ${place}, and begin anew.`
  }
}
