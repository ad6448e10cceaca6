import { AsyncLocalStorage } from 'node:async_hooks'
import type { SimulatedClock } from '../../engine/clock.ts'
import { maxConnections, maxReceivedBytes, type PlanLimits } from './limits.ts'

export type InvocationKind = 'request' | 'cron' | 'queue'

/** One invocation of the worker, with what it has used so far. */
export interface Invocation {
  readonly kind: InvocationKind
  readonly startedMs: number
  statements: number
  requests: number
  receivedBytes: number
  openConnections: number
  /** Connections that wait until another one is free, the first in line first. */
  readonly waiting: (() => void)[]
}

export interface InvocationCounts {
  invocations: number
  mostStatements: number
  mostRequests: number
}

/** Every invocation of a run, measured against the limits of the platform. */
export interface Invocations {
  /** Runs work as one invocation; what it starts belongs to it. */
  readonly run: <T>(kind: InvocationKind, work: () => Promise<T>) => Promise<T>
  /** The invocation that the calling code belongs to. */
  readonly current: () => Invocation
  /** Counts statements of the current invocation; throws, as the platform does, once they are too many. */
  readonly countStatements: (count: number) => void
  readonly countRequest: () => void
  readonly countReceived: (invocation: Invocation, bytes: number) => void
  /** Waits for one of the connections of the current invocation, and returns what frees it. */
  readonly connect: () => Promise<() => void>
  /** Notes that a limit was broken. */
  readonly report: (breach: string) => void
  /** The limits that were broken, each once for each kind of invocation. */
  readonly breaches: ReadonlySet<string>
  /** How many there were, and the most statements and requests of one of them, by kind. */
  readonly counts: Readonly<Record<InvocationKind, InvocationCounts>>
}

/** Makes the measurement of the invocations of a run. */
export function createInvocations(limits: PlanLimits, clock: SimulatedClock): Invocations {
  const storage = new AsyncLocalStorage<Invocation>()
  const breaches = new Set<string>()
  const none = { invocations: 0, mostStatements: 0, mostRequests: 0 }
  const counts = { request: { ...none }, cron: { ...none }, queue: { ...none } }
  const current = (): Invocation => {
    const invocation = storage.getStore()
    if (invocation === undefined) throw new TypeError('Cannot find the invocation of this call')
    return invocation
  }
  const report = (breach: string): void => void breaches.add(`${breach} (${current().kind})`)
  const refuse = (breach: string): never => {
    report(breach)
    throw new Error(`${breach} by single Worker invocation`)
  }
  return {
    current,
    report,
    breaches,
    counts,
    run(kind, work) {
      counts[kind].invocations += 1
      const unused = { statements: 0, requests: 0, receivedBytes: 0, openConnections: 0 }
      return storage.run({ kind, startedMs: clock.ms, ...unused, waiting: [] }, work)
    },
    countStatements(count) {
      const invocation = current()
      const peak = counts[invocation.kind]
      invocation.statements += count
      peak.mostStatements = Math.max(peak.mostStatements, invocation.statements)
      if (invocation.statements > limits.statements) refuse('Too many statements')
    },
    countRequest() {
      const invocation = current()
      const peak = counts[invocation.kind]
      invocation.requests += 1
      peak.mostRequests = Math.max(peak.mostRequests, invocation.requests)
      if (invocation.requests > limits.requests) refuse('Too many requests')
    },
    countReceived(invocation, bytes) {
      invocation.receivedBytes += bytes
      if (invocation.receivedBytes > maxReceivedBytes)
        breaches.add(`Too much memory (${invocation.kind})`)
    },
    connect: () => connect(current()),
  }
}

async function connect(invocation: Invocation): Promise<() => void> {
  if (invocation.openConnections >= maxConnections) {
    // The one that frees a connection passes it on, so that no other takes it in between.
    await new Promise<void>((resolve) => invocation.waiting.push(resolve))
  } else {
    invocation.openConnections += 1
  }
  return () => {
    const next = invocation.waiting.shift()
    if (next === undefined) invocation.openConnections -= 1
    else next()
  }
}
