#!/usr/bin/env node
/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Channel, WebhookPlan } from './domain/channel/channel.ts'
import { type ContractName, contractNames, isContractName } from './domain/contract.ts'
import { defaultCredentials, defaultWebhook, type SimulatorOptions } from './options.ts'
import { isRecord, type Params } from './runtime/params.ts'
import { readChannels } from './services/merchant-account.ts'
import { createSimulator } from './simulator.ts'

interface Flags {
  readonly port: number
  readonly host: string
  readonly webhookUrl?: string
  readonly impKey: string
  readonly impSecret: string
  readonly userCode: string
  readonly latencyMs: number
  readonly contentType: WebhookPlan['contentType']
  readonly webhookTiming: WebhookPlan['timing']
  readonly showSandbox: boolean
  readonly channels?: readonly Channel[]
  readonly withoutContract: readonly ContractName[]
  readonly duties: NonNullable<SimulatorOptions['duties']>
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
  .addOption(
    new Option('--content-type <type>', 'encoding of webhooks')
      .choices(['json', 'form'])
      .default(defaultWebhook.contentType),
  )
  .addOption(
    new Option(
      '--webhook-timing <timing>',
      "when webhooks are sent, relative to the browser's return",
    )
      .choices(['before', 'with', 'after', 'never'])
      .default(defaultWebhook.timing),
  )
  .action(listen)

command.parse()

function listen(flags: Flags): void {
  const { impKey, impSecret, userCode } = flags
  const simulator = createSimulator({
    credentials: { impKey, impSecret, userCode },
    latencyMs: flags.latencyMs,
    hideSandbox: !flags.showSandbox,
    ...(flags.channels === undefined ? {} : { channels: flags.channels }),
    duties: flags.duties,
    contracts: Object.fromEntries(flags.withoutContract.map((name) => [name, false])),
    webhook: {
      url: flags.webhookUrl ?? null,
      contentType: flags.contentType,
      timing: flags.webhookTiming,
    },
    onInternalError: ({ method, path, error }) => {
      process.stderr.write(`Internal error of the simulator at ${method} ${path}: ${error.stack}\n`)
    },
  })
  const server = serve({
    hostname: flags.host,
    port: flags.port,
    fetch: async (request, { incoming }) => {
      try {
        return await simulator.fetch(request)
      } catch {
        // The injected fault is a broken connection, and only the socket can break.
        incoming.destroy()
        return new Response(null)
      }
    },
  })
  server.on('listening', () => process.stdout.write(startMessage(flags)))
  server.on('error', (error) => {
    process.stderr.write(`Cannot listen on ${flags.host}:${flags.port}: ${error.message}\n`)
    process.exitCode = 1
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      simulator.clock.clear()
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  }
}

function startMessage(flags: Flags): string {
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
Ctrl+C stops it; nothing is kept.
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
