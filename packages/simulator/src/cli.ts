#!/usr/bin/env node
/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type ListenFlags, listen } from './cli/listen.ts'
import {
  type ClockFlags,
  type CommandResult,
  moveClock,
  type RemoteFlags,
  resend,
  type TriggerFlags,
  trigger,
} from './cli/remote-commands.ts'
import type { Channel } from './domain/channel/channel.ts'
import { type ContractName, contractNames, isContractName } from './domain/contract.ts'
import { defaultCredentials } from './options.ts'
import { isRecord, type Params } from './runtime/params.ts'
import { readChannels } from './services/merchant-account.ts'

const defaultUrl = 'http://localhost:8788'

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 60 * 60_000,
  d: 24 * 60 * 60_000,
}

const program = new Command('quayside-simulator').description(
  "i'mport (PortOne V1) simulator: REST API, browser script, payment window, webhooks",
)

const listening: Command = program
  .command('listen', { isDefault: true })
  .description('serve a simulator (this is what happens without a command)')
  .option('--port <number>', 'port to listen on', readInteger, 8788)
  .option('--host <name>', 'address to listen on', 'localhost')
  .option(
    '--origin <url>',
    'where browsers reach it, if not at this address: slips are there',
    readOrigin,
  )
  .option('--webhook-url <url>', "the merchant's webhook URL", readUrl)
  .option('--imp-key <key>', 'accepted REST API key', defaultCredentials.impKey)
  .option('--imp-secret <secret>', 'accepted REST API secret', defaultCredentials.impSecret)
  .option('--user-code <code>', 'merchant code for IMP.init', defaultCredentials.userCode)
  .option('--latency-ms <number>', 'delay of every REST call', readInteger, 0)
  .option('--show-sandbox', 'show test payments without include_sandbox=true', false)
  .option(
    '--channels <file>',
    'JSON file { "channels": [...] }: replaces the channels',
    readChannelFile,
  )
  .option(
    '--without-contract <name>',
    `a contract the merchant lacks; repeatable: ${contractNames.join(', ')}`,
    addContract,
    [],
  )
  .addOption(
    new Option('--duties <kind>', 'demands of a PG without which no window opens')
      .choices(['enforced', 'all', 'ignored'])
      .default('enforced'),
  )
  .option('--state <path>', 'file or folder in which its state survives a restart')
  .addOption(
    new Option('--content-type <type>', 'encoding of webhooks (default: "json")').choices([
      'json',
      'form',
    ]),
  )
  .addOption(
    new Option(
      '--webhook-timing <timing>',
      'when webhooks are sent, relative to the browser\'s return (default: "with")',
    ).choices(['before', 'with', 'after', 'never']),
  )
  .action((flags: Omit<ListenFlags, 'isPortFixed'>) =>
    listen({ ...flags, isPortFixed: listening.getOptionValueSource('port') !== 'default' }),
  )

const running = (name: string, description: string): Command =>
  program
    .command(name)
    .description(description)
    .option('--url <url>', 'the running simulator', readUrl, defaultUrl)

running('trigger', 'play a course of a payment, and send its webhooks; without a name: list them')
  .argument('[scenario]', 'such as paid, deposited, cancelled')
  .option('--order <merchant_uid>', 'the order of the shop')
  .option('--amount <number>', 'what is paid')
  .action((scenario: string | undefined, flags: TriggerFlags) => run(trigger(scenario, flags)))

running('resend', 'send a message again')
  .argument('<delivery>', "its number in the console's log, or the imp_uid of a payment")
  .action((delivery: string, flags: RemoteFlags) => run(resend(delivery, flags)))

running('clock', 'read the simulated time, or move it')
  .option('--advance <duration>', 'such as 90s, 5m, 2h or 3d', readDuration)
  .option('--to-next-due', 'to the next due date or charge')
  .option('--set <time>', 'to an ISO time that is later than the present one')
  .action((flags: ClockFlags) => run(moveClock(flags)))

program.parse()

/** Ends the program with what the running simulator answered. */
async function run(command: Promise<CommandResult>): Promise<void> {
  const { isDone, text } = await command
  if (isDone) process.stdout.write(`${text}\n`)
  else {
    process.stderr.write(`${text}\n`)
    process.exitCode = 1
  }
}

function readInteger(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}

function readChannelFile(path: string): readonly Channel[] {
  const read = readChannels(parseFile(path))
  if (read.ok) return read.value
  throw new InvalidArgumentError(`${read.failure.field}: expected ${read.failure.expected}.`)
}

function parseFile(path: string): Params {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isRecord(value)) return value
  } catch (error) {
    throw new InvalidArgumentError(`Cannot read ${path}: ${String(error)}`)
  }
  throw new InvalidArgumentError(`${path} must contain { "channels": [...] }.`)
}

function addContract(name: string, names: readonly ContractName[]): readonly ContractName[] {
  if (isContractName(name)) return [...names, name]
  throw new InvalidArgumentError(`Must be one of ${contractNames.join(', ')}.`)
}

function readDuration(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const ms = unitMs[unit]
  if (ms === undefined) throw new InvalidArgumentError('Must be a number and s, m, h or d.')
  return Number(count) * ms
}

function readOrigin(text: string): string {
  const { origin } = new URL(readUrl(text))
  if (origin !== text.replace(/\/$/, '')) {
    throw new InvalidArgumentError('Must be an http or https URL without a path.')
  }
  return origin
}

function readUrl(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('Must be an http or https URL.')
  }
  return text
}
