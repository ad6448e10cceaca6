/// <reference types="node" />
import { serve } from '@hono/node-server'
import type { Channel, WebhookPlan } from '../domain/channel/channel.ts'
import type { ContractName } from '../domain/contract.ts'
import type { SimulatorOptions } from '../options.ts'
import type { Snapshot } from '../persistence/snapshot.ts'
import { loopbackNames } from '../runtime/own-requests.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { createStateWriter, explainStateFailure, readState, toStateFile } from '../state-file.ts'

/** How many ports are tried, where none was asked for. */
const maxPorts = 20

/** What `listen` was called with. */
export interface ListenFlags {
  readonly port: number
  /** Whether the port was asked for: another one would not be what the caller's programs know. */
  readonly isPortFixed: boolean
  readonly host: string
  readonly origin?: string
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

/** Serves a simulator until the program is stopped. */
export function listen(flags: ListenFlags): void {
  const file = flags.state === undefined ? null : toStateFile(flags.state)
  const kept = file === null ? { ok: true as const, snapshot: null } : readState(file)
  if (kept.ok) return serveSimulator(flags, file, kept.snapshot)
  process.stderr.write(`${explainStateFailure(kept.failure, file ?? '')}\n`)
  process.exitCode = 1
}

function serveSimulator(flags: ListenFlags, file: string | null, snapshot: Snapshot | null): void {
  listenOn(flags, flags.port, (port) => {
    const { simulator, save } = startSimulator({ ...flags, port }, file, snapshot)
    save()
    process.stdout.write(startMessage({ ...flags, port }, file))
    return {
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
      onStop: () => {
        simulator.clock.clear()
        save()
      },
    }
  })
}

/** Makes the simulator of a port, which is part of the addresses it gives out, and the function that saves its state. */
function startSimulator(flags: ListenFlags, file: string | null, snapshot: Snapshot | null) {
  const { impKey, impSecret, userCode } = flags
  const hostnames = loopbackNames(flags.host)
  const simulator: Simulator = createSimulator({
    credentials: { impKey, impSecret, userCode },
    origin: flags.origin ?? originOf(flags),
    latencyMs: flags.latencyMs,
    hideSandbox: !flags.showSandbox,
    ...(flags.channels === undefined ? {} : { channels: flags.channels }),
    duties: flags.duties,
    ...(hostnames === null ? {} : { hostnames }),
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
  return { simulator, save }
}

/** The address by which a browser on this machine reaches it. */
function originOf({ host, port }: ListenFlags): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  if (isEverywhere) return `http://localhost:${port}`
  return host.includes(':') && !host.startsWith('[')
    ? `http://[${host}]:${port}`
    : `http://${host}:${port}`
}

/** The connection of a request. */
interface Connection {
  readonly incoming: { readonly destroy: () => unknown }
}

interface Listener {
  readonly fetch: (request: Request, connection: Connection) => Promise<Response>
  readonly onStop: () => void
}

/** Listens on the port; where none was asked for and it is taken, on the next free one. */
function listenOn(flags: ListenFlags, port: number, start: (port: number) => Listener): void {
  const { host: hostname, isPortFixed } = flags
  let listener: Listener | null = null
  const server = serve({
    hostname,
    port,
    fetch: (request, connection) =>
      listener?.fetch(request, connection) ?? new Response(null, { status: 503 }),
  })
  const stop = () => {
    listener?.onStop()
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  }
  server.on('listening', () => {
    listener = start(port)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  })
  server.on('error', (error) => {
    const isTaken = 'code' in error && error.code === 'EADDRINUSE'
    if (isTaken && !isPortFixed && port < flags.port + maxPorts) {
      process.stdout.write(`Port ${port} is taken; trying ${port + 1}.\n`)
      return listenOn(flags, port + 1, start)
    }
    process.stderr.write(`Cannot listen on ${hostname}:${port}: ${error.message}\n`)
    process.exitCode = 1
  })
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

function startMessage(flags: ListenFlags, file: string | null): string {
  const { webhookUrl, impKey, impSecret, userCode, showSandbox } = flags
  const testPayments = showSandbox
    ? 'shown to every client (--show-sandbox)'
    : 'hidden from GET /payments/{imp_uid} without ?include_sandbox=true; --show-sandbox shows them'
  const origin = originOf(flags)
  return `i'mport simulator: ${origin}

  REST API        ${origin}   (instead of https://api.iamport.kr)
  keys            imp_key ${impKey}, imp_secret ${impSecret}
  browser script  <script src="${origin}/v1/iamport.js"></script>, IMP.init('${userCode}')
  webhooks        ${webhookUrl ?? 'none yet: set a URL in the console'}
  test payments   ${testPayments}

Next: open ${origin}/ for the console; ${origin}/_simulator lists what programs can do.
Ctrl+C stops it; ${file === null ? 'nothing is kept' : `its state is kept in ${file}`}.
`
}
