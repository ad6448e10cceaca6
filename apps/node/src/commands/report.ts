import { describeCause } from '@quayside/server'
import { type DatabaseAddress, describeAddress } from '../database/address.ts'
import { type DatabaseFailure, explainDatabase, toLine } from '../database/failure.ts'
import type { ListenFailure } from '../server/http-server.ts'
import type { FileFailure } from '../settings/environment.ts'
import type { SettingsFailure } from '../settings/settings.ts'
import { exitCodes } from './exit-codes.ts'

/** Writes to the person who started the program. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Says which settings are wrong, and returns the exit code. */
export function reportSettings({ problems }: SettingsFailure): number {
  const lines = problems.map((problem) => `  ${problem}`)
  const advice = 'quayside doctor, with the same settings, says what each of them must be.'
  say(['quayside cannot start:', ...lines, advice].join('\n'))
  return exitCodes.settings
}

/** Says why the file of `--settings` cannot be read, and returns the exit code. */
export function reportFile({ path, cause }: FileFailure): number {
  say(`The file ${path} of --settings cannot be read: ${describeCause(cause)}. Correct its path.`)
  return exitCodes.settings
}

/** Says why the server cannot listen, and returns the exit code. */
export function reportListen({ reason, cause }: ListenFailure, host: string, port: number): number {
  const advice: Readonly<Record<ListenFailure['reason'], string>> = {
    address_in_use: 'Stop the other program, or choose another port with --port.',
    address_unavailable:
      'Choose an address of this machine with --host, and with --port a port that this user may use.',
  }
  say(`Cannot listen on ${host}:${port}: ${describeCause(cause)}. ${advice[reason]}`)
  return exitCodes.address
}

/** Says why the database cannot be used, and returns the exit code. */
export function reportDatabase(failure: DatabaseFailure, address: DatabaseAddress | null): number {
  say(toLine(explainDatabase(failure, address)))
  return failure.reason === 'address_malformed' ? exitCodes.settings : exitCodes.database
}

/** Says which migrations were applied. */
export function reportMigrations(applied: readonly string[], address: DatabaseAddress): void {
  const what = applied.length === 0 ? 'is current' : `has been migrated: ${applied.join(', ')}`
  say(`${describeAddress(address)} ${what}`)
}
