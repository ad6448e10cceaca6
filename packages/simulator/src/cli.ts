#!/usr/bin/env node
/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Channel, WebhookPlan } from './domain/channel/channel.ts'
import { type ContractName, contractNames, isContractName } from './domain/contract.ts'
import { defaultCredentials, type SimulatorOptions } from './options.ts'
import type { Snapshot } from './persistence/snapshot.ts'
import { isRecord, type Params } from './runtime/params.ts'
import { readChannels } from './services/merchant-account.ts'
import { createSimulator, type Simulator } from './simulator.ts'
import { createStateWriter, explainStateFailure, readState, toStateFile } from './state-file.ts'

interface Flags {
  readonly port: number
  readonly host: string
  readonly webhookUrl?: string
  readonly impKey: string
  readonly impSecret: string
  readonly userCode: string
  readonly latencyMs: number
  readonly contentType?: WebhookPlan['contentType']
  readonly webhookTiming?: WebhookPlan['timing']
  readonly showSandbox: boolean
  readonly channels?: readonly Channel[]
  readonly withoutContract: readonly ContractName[]
  readonly duties: NonNullable<SimulatorOptions['duties']>
  readonly state?: string
}

const command = new Command('quayside-simulator')
  .description("i'mport (PortOne V1) simulator: REST API, browser script, payment window, webhooks")
  .option('--port <number>', 'port to listen on', readInteger, 8788)
  .option('--host <name>', 'address to listen on', 'localhost')
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
  .action(listen)

command.parse()

function listen(flags: Flags): void {
  const file = flags.state === undefined ? null : toStateFile(flags.state)
  const kept = file === null ? { ok: true as const, snapshot: null } : readState(file)
  if (kept.ok) return serveSimulator(flags, file, kept.snapshot)
  process.stderr.write(`${explainStateFailure(kept.failure, file ?? '')}\n`)
  process.exitCode = 1
}

function serveSimulator(flags: Flags, file: string | null, snapshot: Snapshot | null): void {
  const { impKey, impSecret, userCode } = flags
  const simulator = createSimulator({
    credentials: { impKey, impSecret, userCode },
    latencyMs: flags.latencyMs,
    hideSandbox: !flags.showSandbox,
    ...(flags.channels === undefined ? {} : { channels: flags.channels }),
    duties: flags.duties,
    contracts: Object.fromEntries(flags.withoutContract.map((name) => [name, false])),
    webhook: {
      ...(flags.webhookUrl === undefined ? {} : { url: flags.webhookUrl }),
      ...(flags.contentType === undefined ? {} : { contentType: flags.contentType }),
      ...(flags.webhookTiming === undefined ? {} : { timing: flags.webhookTiming }),
    },
    fetch: (url, init) => {
      // The merchant must never know more than a restarted simulator.
      save()
      return fetch(url, init)
    },
    ...(snapshot === null ? {} : { snapshot }),
    onInternalError: ({ method, path, error }) => {
      process.stderr.write(`Internal error of the simulator at ${method} ${path}: ${error.stack}\n`)
    },
  })
  const save = file === null ? () => undefined : createSave(simulator, file)
  const server = serve({
    hostname: flags.host,
    port: flags.port,
    fetch: async (request, { incoming }) => {
      try {
        const response = await simulator.fetch(request)
        // Reads change next to nothing, and whoever reads need not wait for the file.
        if (request.method !== 'GET') save()
        return response
      } catch {
        // The injected fault is a broken connection, and only the socket can break.
        save()
        incoming.destroy()
        return new Response(null)
      }
    },
  })
  server.on('listening', () => {
    save()
    process.stdout.write(startMessage(flags, file))
  })
  server.on('error', (error) => {
    process.stderr.write(`Cannot listen on ${flags.host}:${flags.port}: ${error.message}\n`)
    process.exitCode = 1
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      simulator.clock.clear()
      save()
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  }
}

/** Makes the function that saves the state; a failure is reported once, until saving works again. */
function createSave(simulator: Simulator, file: string): () => void {
  const write = createStateWriter(file)
  let reported = ''
  return () => {
    const failure = write(simulator.snapshot())
    const message = failure === null ? '' : `${explainStateFailure(failure, file)}\n`
    if (message !== reported) process.stderr.write(message)
    reported = message
  }
}

function startMessage(flags: Flags, file: string | null): string {
  const { host, port, webhookUrl, impKey, impSecret, userCode, showSandbox } = flags
  const testPayments = showSandbox
    ? 'shown to every client (--show-sandbox)'
    : 'hidden from GET /payments/{imp_uid} without ?include_sandbox=true; --show-sandbox shows them'
  const origin = `http://${host}:${port}`
  return `i'mport simulator: ${origin}

  REST API        ${origin}   (instead of https://api.iamport.kr)
  keys            imp_key ${impKey}, imp_secret ${impSecret}
  browser script  <script src="${origin}/v1/iamport.js"></script>, IMP.init('${userCode}')
  webhooks        ${webhookUrl ?? 'none yet: set a URL in the console'}
  test payments   ${testPayments}

Next: open ${origin}/ for the console, or use the control API at ${origin}/_simulator/state
Ctrl+C stops it; ${file === null ? 'nothing is kept' : `its state is kept in ${file}`}.
`
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

function readUrl(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('Must be an http or https URL.')
  }
  return text
}
