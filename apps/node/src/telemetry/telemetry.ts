import { createHash, timingSafeEqual } from 'node:crypto'
import type { Fetch } from '@quayside/client'
import { ok, type Result } from '@quayside/core'
import {
  type Config,
  createLog,
  createRedactingLog,
  type Log,
  type LogLevel,
  levelOf,
  type Observe,
  type Store,
  secretsOf,
} from '@quayside/server'
import type { TelemetrySettings } from '../settings/telemetry-settings.ts'
import { createLineWriter } from './line-writer.ts'
import type { Metrics } from './metrics.ts'
import type { MetricsServer } from './metrics-server.ts'
import {
  createEventContexts,
  createRequestContext,
  type EventContexts,
  type RequestContext,
} from './request-context.ts'
import type { Traces } from './traces.ts'

/** What the program tells about itself: its log, its metrics, its traces. */
export interface Telemetry {
  readonly log: Log
  /** Runs around each operation of the server; null when there are neither metrics nor traces. */
  readonly observe: Observe | null
  /** Returns the `fetch` of the server. */
  readonly passOn: (fetch: Fetch) => Fetch
  readonly requests: RequestContext
  readonly events: EventContexts
  /** Serves the metrics, where a port is set; returns it. Fails when the address cannot be used. */
  readonly serveMetrics: (
    store: Store,
  ) => Promise<Result<number | null, { readonly cause: unknown }>>
  /** Writes the log that waits, for a second at most. */
  readonly flush: () => Promise<void>
  /** Ends the metrics, and exports the spans that are left, for a few seconds at most. */
  readonly stop: () => Promise<void>
}

/** What it needs of its process and of the server. */
export interface TelemetryOptions {
  readonly config: Config
  readonly databaseSystem: string
  readonly now: () => Date
  /** Seconds from any fixed point on, which never go back. */
  readonly seconds: () => number
  /** Makes the id of a request. */
  readonly newId: () => string
}

const flushMs = 1_000
const stopMs = 3_000
const stdout = 1
const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/** Starts what the settings ask for. The libraries for metrics and traces are loaded only then. */
export async function startTelemetry(
  settings: TelemetrySettings,
  { config, databaseSystem, now, seconds, newId }: TelemetryOptions,
): Promise<Telemetry> {
  const requests = createRequestContext(newId)
  const writer = createLineWriter({
    fd: stdout,
    toLossLine: (lost) =>
      JSON.stringify({ at: now(), event: 'log_lines_lost', level: 'warn', lost }),
  })
  const lines = createLog(writer.write, now)
  const least = levels.indexOf(settings.logLevel)
  let traceFields: Traces['fields'] = () => ({})
  const leveled: Log = (event, fields) => {
    const level = levelOf(event)
    if (levels.indexOf(level) < least) return
    lines(event, { level, ...requests.fields(), ...traceFields(), ...fields })
  }
  const redacted = createRedactingLog(leveled, secretsOf(config))

  const metrics = settings.metrics === null ? null : await loadMetrics(now, seconds)
  const log = metrics?.countLog(redacted) ?? redacted
  const traces =
    settings.traces === null
      ? null
      : await loadTraces(settings.traces, { config, databaseSystem, log })
  if (traces !== null) traceFields = traces.fields
  let server: MetricsServer | null = null
  return {
    log,
    observe: chain(traces?.observe ?? null, metrics?.observe ?? null),
    passOn: traces?.passOn ?? ((fetch) => fetch),
    requests,
    events: createEventContexts(),
    async serveMetrics(store) {
      if (settings.metrics === null || metrics === null) return ok(null)
      metrics.watchBacklog(store.backlog)
      const { serveMetrics } = await import('./metrics-server.ts')
      const served = await serveMetrics(metrics, settings.metrics, log)
      if (!served.ok) return served
      server = served.value
      return ok(server.port)
    },
    flush: () => writer.flush(flushMs),
    async stop() {
      server?.close()
      await Promise.race([
        traces?.stop(),
        new Promise<void>((resolve) => {
          setTimeout(resolve, stopMs).unref()
        }),
      ])
    },
  }
}

async function loadMetrics(now: () => Date, seconds: () => number): Promise<Metrics> {
  const { createMetrics } = await import('./metrics.ts')
  return createMetrics({ now, seconds })
}

async function loadTraces(
  env: NonNullable<TelemetrySettings['traces']>,
  {
    config,
    databaseSystem,
    log,
  }: Pick<TelemetryOptions, 'config' | 'databaseSystem'> & { log: Log },
): Promise<Traces> {
  // The exporter reads its variables from the environment, and these may stand in a file of settings.
  for (const [name, value] of Object.entries(env)) process.env[name] ??= value
  const { startTraces } = await import('./traces.ts')
  return startTraces({
    env,
    databaseSystem,
    providerUrl: config.providerUrl,
    eventUrl: config.eventUrl,
    isMerchant: createMerchantCheck(config.merchantApiKeys),
    log,
  })
}

/** One operation seen by both; null for none. */
function chain(outer: Observe | null, inner: Observe | null): Observe | null {
  if (outer === null || inner === null) return outer ?? inner
  return (operation, run, outcomeOf) =>
    outer(operation, () => inner(operation, run, outcomeOf), outcomeOf)
}

/** Compares digests, which have one length, so that the time tells nothing about a key. */
function createMerchantCheck(keys: readonly string[]): (request: Request) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const digests = keys.map(digest)
  return (request) => {
    const header = request.headers.get('authorization') ?? ''
    const given = /^Bearer +(\S+)$/i.exec(header)?.[1]
    return given !== undefined && digests.some((each) => timingSafeEqual(each, digest(given)))
  }
}
