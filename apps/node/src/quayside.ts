#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { exitCodes } from './commands/exit-codes.ts'
import { explainNode } from './commands/node-version.ts'
import { addOperatorCommands, type Perform } from './commands/operator/operator-commands.ts'
import { reportFile, say } from './commands/report.ts'
import { readValues } from './settings/environment.ts'
import {
  addDatabaseFlags,
  addServeFlags,
  type DatabaseFlags,
  type ServeFlags,
} from './settings/flags.ts'
import type { Values } from './settings/settings.ts'

const program = new Command('quayside')
  .description("A payment server for i'mport (PortOne V1) on SQLite, PostgreSQL, MySQL or MariaDB")
  .version(manifest.version)
  .exitOverride()

addServeFlags(program.command('serve'))
  .description('serve requests, run the jobs and send the events, until a signal')
  .action(run(async (values) => (await import('./commands/serve.ts')).serve(values)))

addDatabaseFlags(program.command('migrate'))
  .description('create the tables of the database, or bring them to this version')
  .action(run(async (values) => (await import('./commands/migrate.ts')).migrate(values)))

/** Runs a command on the settings; it returns the exit code. */
const perform: Perform = async (flags, command) => {
  const refusal = explainNode(process.versions.node)
  if (refusal !== null) {
    say(refusal)
    process.exitCode = exitCodes.settings
    return
  }
  const values = readValues(flags, process.env)
  process.exitCode = values.ok ? await command(values.value) : reportFile(values.failure)
}

addDatabaseFlags(program.command('copy'))
  .description('copy all rows of the database to an empty one, which may be of another kind')
  .requiredOption('--to <address>', 'the empty database, after quayside migrate')
  .action((flags: DatabaseFlags & { readonly to: string }) =>
    run(async (values) => (await import('./commands/copy.ts')).copy(values, flags.to))(flags),
  )

addDatabaseFlags(program.command('after-restore'))
  .description('make a database that was restored from a backup ready to serve')
  .action(
    run(async (values) => (await import('./commands/after-restore.ts')).runAfterRestore(values)),
  )

addOperatorCommands(program, perform)

/** Makes the action of a command of what it does with the settings, which returns the exit code. */
function run(command: (values: Values) => Promise<number>) {
  return (flags: ServeFlags): Promise<void> => perform(flags, command)
}

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // The message is written already; help and version end like this as well, with the code 0.
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.settings
}
