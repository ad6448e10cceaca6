import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { addDatabaseFlags, type DatabaseFlags } from '../../settings/flags.ts'
import type { Values } from '../../settings/settings.ts'
import type { DoctorFlags } from '../doctor.ts'
import type { ListEventsFlags } from './list-events.ts'
import type { ListIssuesFlags } from './list-issues.ts'
import type { RefundFlags } from './refund-issue.ts'
import type { ResendFlags } from './resend-events.ts'
import type { ApiFlags } from './with-merchant-api.ts'

/** Runs a command on the settings of its flags and the environment. */
export type Perform = (
  flags: DatabaseFlags,
  command: (values: Values) => Promise<number>,
) => Promise<void>

/** Adds the commands for the people who operate a server. Each is loaded when it is called. */
export function addOperatorCommands(program: Command, perform: Perform): void {
  addDoctor(program, perform)
  addEvents(program, perform)
  addIssues(program, perform)
}

function addDoctor(program: Command, perform: Perform): void {
  addLanguage(addDatabaseFlags(program.command('doctor')))
    .description('check settings, keys, webhook address, receiver, database, pages and clocks')
    .option('--json', 'write one line of JSON')
    .option('--send-test-event', 'send one signed event of the type receiver.test to EVENT_URL')
    .action((flags: DatabaseFlags & DoctorFlags) =>
      perform(flags, async (values) => (await import('../doctor.ts')).doctor(values, flags)),
    )
}

function addEvents(program: Command, perform: Perform): void {
  const events = program.command('events').description('list events, and send them again')
  addPage(addApiFlags(events.command('list')))
    .description('list events; those that failed permanently come first')
    .addOption(
      new Option('--state <state>', 'one state only').choices([
        'failed_permanently',
        'pending',
        'delivered',
      ]),
    )
    .action((flags: DatabaseFlags & ListEventsFlags, command: Command) => {
      if (flags.after !== undefined && flags.state === undefined) {
        command.error('error: --after needs --state')
      }
      return perform(flags, async (values) =>
        (await import('./list-events.ts')).listEvents(values, flags),
      )
    })
  addApiFlags(events.command('resend'))
    .description('send events again, whatever their state')
    .addArgument(new Argument('[id...]', 'ids of events'))
    .option('--failed', 'every event that failed permanently, a thousand at most')
    .action((ids: readonly string[], flags: DatabaseFlags & ResendFlags, command: Command) => {
      const isNamed = ids.length > 0
      if (isNamed === (flags.failed === true)) {
        command.error('error: give ids of events, or --failed')
      }
      return perform(flags, async (values) =>
        (await import('./resend-events.ts')).resendEvents(values, ids, flags),
      )
    })
}

function addIssues(program: Command, perform: Perform): void {
  const issues = program
    .command('issues')
    .description('list, close and refund reconciliation issues: money that no order accounts for')
  addPage(addApiFlags(issues.command('list')))
    .description('list open issues, newest first')
    .option('--all', 'closed ones as well')
    .action((flags: DatabaseFlags & ListIssuesFlags) =>
      perform(flags, async (values) =>
        (await import('./list-issues.ts')).listIssues(values, flags),
      ),
    )
  addApiFlags(issues.command('close'))
    .description('close an issue that was resolved in another way; no money moves')
    .argument('<id>', 'id of the issue')
    .action((id: string, flags: DatabaseFlags & ApiFlags) =>
      perform(flags, async (values) =>
        (await import('./close-issue.ts')).closeIssue(values, id, flags),
      ),
    )
  addApiFlags(issues.command('refund'))
    .description('refund what remains of the payment of an issue, once, and close the issue')
    .argument('<id>', 'id of the issue')
    .option('--yes', 'do not ask')
    .option('--reason <text>', 'reason of the cancel, for the provider')
    .option('--refund-holder <name>', 'bank transfer: holder of the account of the buyer')
    .option('--refund-bank <code>', 'bank transfer: code that the PG has for the bank')
    .option('--refund-account <number>', 'bank transfer: number of the account')
    .option('--refund-tel <number>', 'bank transfer: telephone number of the holder')
    .option('--tax-free <amount>', 'tax-free part of what is refunded', readAmount)
    .option('--vat-amount <amount>', 'VAT part of what is refunded', readAmount)
    .action((id: string, flags: DatabaseFlags & RefundFlags) =>
      perform(flags, async (values) =>
        (await import('./refund-issue.ts')).refundIssue(values, id, flags),
      ),
    )
}

function addLanguage(command: Command): Command {
  return command.addOption(
    new Option('--lang <language>', 'language of the texts (default: LANG)').choices(['ko', 'en']),
  )
}

function addApiFlags(command: Command): Command {
  return addLanguage(addDatabaseFlags(command)).option(
    '--url <address>',
    'use the server at this address and MERCHANT_API_KEY instead of the database',
  )
}

function addPage(command: Command): Command {
  return command
    .option('--limit <number>', 'how many at most, 1 to 100', '50')
    .option('--after <id>', 'the last id of the page before')
    .option('--json', 'write one line of JSON for each')
}

function readAmount(text: string): number {
  if (!/^\d{1,15}(?:\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Must be an amount.')
  return Number(text)
}
