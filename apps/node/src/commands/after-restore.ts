import { describeCause } from '@quayside/server'
import { afterRestore } from '@quayside/sql'
import { describeAddress } from '../database/address.ts'
import type { Values } from '../settings/settings.ts'
import { exitCodes } from './exit-codes.ts'
import { openMigrated } from './open-configured.ts'
import { say } from './report.ts'

/** Makes a database that was restored from a backup ready to serve. Returns the exit code. */
export async function runAfterRestore(values: Values): Promise<number> {
  const opened = await openMigrated(values)
  if (!opened.ok) return opened.failure
  const { database, address } = opened.value
  const raised = await afterRestore(database.handle)
  await database.close()
  if (!raised.ok) {
    const cause = describeCause(raised.failure.cause)
    say(`${describeAddress(address)} failed: ${cause}. Run quayside after-restore again.`)
    return exitCodes.database
  }
  say(`${describeAddress(address)} is ready: the sequences of ${raised.value} orders are raised`)
  return exitCodes.done
}
