import {
  type BacklogSize,
  type Log,
  type Observe,
  type Operation,
  type Store,
  sleepOnTimer,
} from '@quayside/server'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the metrics read. */
export interface MetricsOptions {
  /** The clock. */
  readonly now: () => Date
  /** Seconds from any fixed point on, which never go back; for durations. */
  readonly seconds: () => number
}

/** The metrics of one process. */
export interface Metrics {
  readonly observe: Observe
  /** Returns the log, with what it is told counted as well. */
  readonly countLog: (log: Log) => Log
  /** From now on the metrics show what waits in this store. */
  readonly watchBacklog: (backlog: Store['backlog']) => void
  /** All metrics as text, in the format of `contentType`. A database that is away leaves its own metrics out. */
  readonly text: () => Promise<string>
  readonly contentType: string
}

/** Anybody may scrape often; the database is asked at most once in this time. */
const backlogEveryMs = 15_000
/** A database that hangs must not make the scrape fail. */
const backlogLimitMs = 3_000

const fast = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const slow = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120]
const knownMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
])

/** Makes the metrics of the process. Every label has values of a small, fixed set: routes, reasons, names; never an id. */
export function createMetrics({ now, seconds }: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `quayside_${name}`, help, labelNames, registers })
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets = fast,
  ) => new Histogram({ name: `quayside_${name}`, help, labelNames, buckets, registers })

  const requests = histogram('http_request_duration_seconds', 'Requests, by route', [
    'method',
    'route',
    'status',
  ])
  const completions = counter(
    'completions_total',
    'Messages about payments, by route and what came of them',
    ['route', 'result'],
  )
  const providerCalls = histogram('provider_call_duration_seconds', 'Calls of the REST API', [
    'operation',
    'outcome',
  ])
  const storeCalls = histogram('store_call_duration_seconds', 'Calls of the store', [
    'operation',
    'outcome',
  ])
  const deliveries = histogram(
    'event_delivery_duration_seconds',
    'Tries to send an event: the first and later ones',
    ['attempt', 'outcome'],
  )
  const failedPermanently = counter(
    'events_failed_permanently_total',
    'Events that were given up after their last try',
    [],
  )
  const expiredLeases = counter(
    'event_leases_expired_total',
    'Tries that took longer than their lease: the event may have been sent twice',
    [],
  )
  const jobs = histogram('job_duration_seconds', 'Runs of jobs', ['job', 'outcome'], slow)
  const jobSucceededAt = new Gauge({
    name: 'quayside_job_last_success_timestamp_seconds',
    help: 'When a job last ended without a failure',
    labelNames: ['job'],
    registers,
  })
  const gaugesOfBacklog = createBacklogGauges(registry)

  const record = (operation: Operation, outcome: string, duration: number): void => {
    switch (operation.kind) {
      case 'request': {
        const { method } = operation.request
        const labels = {
          method: knownMethods.has(method) ? method : 'other',
          route: operation.route() ?? 'none',
          status: /^\d/.test(outcome) ? `${outcome[0]}xx` : outcome,
        }
        return requests.observe(labels, duration)
      }
      case 'provider_call':
        return providerCalls.observe(
          { operation: `${operation.method} ${operation.path}`, outcome },
          duration,
        )
      case 'store_call':
        return storeCalls.observe({ operation: operation.name, outcome }, duration)
      case 'delivery':
        return deliveries.observe(
          { attempt: operation.tries === 1 ? 'first' : 'later', outcome },
          duration,
        )
      case 'job':
        if (outcome === 'ok') jobSucceededAt.set({ job: operation.name }, now().getTime() / 1_000)
        return jobs.observe({ job: operation.name, outcome }, duration)
    }
  }

  return {
    async observe(operation, run, outcomeOf) {
      const since = seconds()
      let outcome = 'thrown'
      try {
        const value = await run()
        outcome = outcomeOf(value)
        return value
      } finally {
        record(operation, outcome, seconds() - since)
      }
    },
    countLog: (log) => (event, fields) => {
      log(event, fields)
      const { route } = fields
      if (event === 'event_failed_permanently') failedPermanently.inc()
      if (event === 'event_lease_expired') expiredLeases.inc()
      if (typeof route !== 'string') return
      const result = toResult(event, fields)
      if (result !== null) completions.inc({ route, result })
    },
    watchBacklog(backlog) {
      gaugesOfBacklog.read = limitReads(backlog, now)
    },
    async text() {
      await gaugesOfBacklog.update(now())
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

/** What a completion route reported, in one word; null for other lines of the log. */
function toResult(event: string, { outcome, reason }: Parameters<Log>[1]): string | null {
  switch (event) {
    case 'synced':
      return String(outcome)
    case 'not_synced':
    case 'refused_request':
    case 'confirm_refused':
    case 'order_not_read':
      return String(reason)
    case 'ignored':
    case 'confirm_approved':
      return event
    default:
      return null
  }
}

type ReadBacklog = () => Promise<BacklogSize | null>

function createBacklogGauges(registry: Registry) {
  const registers = [registry]
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `quayside_${name}`, help, registers })
  const up = gauge('backlog_up', 'Whether the database could be asked for what waits: 1 or 0')
  const pending = gauge('events_pending', 'Events that wait for their next try, up to 1000')
  const due = gauge('events_due', 'Events whose next try is due, up to 1000')
  const oldest = gauge(
    'event_oldest_pending_age_seconds',
    'Age of the oldest event that was not delivered yet; 0 without one',
  )
  const failed = gauge('events_failed', 'Events that were given up and not replayed, up to 1000')
  const issues = gauge('reconciliation_issues_open', 'Open reconciliation issues, up to 1000')
  const gauges = {
    read: (async () => null) as ReadBacklog,
    async update(at: Date): Promise<void> {
      const size = await gauges.read()
      up.set(size === null ? 0 : 1)
      if (size === null) {
        // What was true before the database went away would hide that it grows.
        for (const each of [pending, due, oldest, failed, issues]) each.remove()
        return
      }
      pending.set(size.pendingEvents)
      due.set(size.dueEvents)
      failed.set(size.failedEvents)
      issues.set(size.openIssues)
      const since = size.oldestPendingAt?.getTime() ?? at.getTime()
      oldest.set(Math.max(0, at.getTime() - since) / 1_000)
    },
  }
  return gauges
}

/** Scrapes in the time of a read share it. */
function limitReads(backlog: Store['backlog'], now: () => Date): ReadBacklog {
  let last: { readonly at: number; readonly size: Promise<BacklogSize | null> } | null = null
  const read = async (): Promise<BacklogSize | null> => {
    const result = await backlog.size()
    return result.ok ? result.value : null
  }
  return async () => {
    const at = now().getTime()
    if (last === null || at - last.at >= backlogEveryMs) last = { at, size: read() }
    const { size } = last
    const limit = new AbortController()
    const nothing = sleepOnTimer(backlogLimitMs, limit.signal).then(() => null)
    try {
      return await Promise.race([size, nothing])
    } finally {
      limit.abort()
    }
  }
}
