import type { D1Database } from '@cloudflare/workers-types'
import { createWorker } from '../../../../apps/worker/src/worker.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import type { SimulatedClock } from '../../engine/clock.ts'
import type { SeededFaultPlan } from '../../engine/fault-plan.ts'
import type { Prng } from '../../engine/prng.ts'
import type { CallOutcome } from '../../engine/scheduler.ts'
import { createD1, type SqlCall, type SqlResult } from '../bindings/d1.ts'
import { type FakeQueue, toBinding } from '../bindings/queue.ts'
import type { SqlPatch } from '../bindings/sqlite.ts'
import type { WriteLog } from '../history/write-log.ts'
import type { Isolate } from '../isolate.ts'
import { type EventReceiver, readEventRequest } from '../peers/event-receiver.ts'
import { type FakeProvider, readProviderRequest } from '../peers/fake-provider.ts'
import { createFaultyResponse, createRefusal } from '../peers/provider-responses.ts'
import { eventUrl, settings } from '../settings.ts'

/** What is around the workers of a concurrent run. */
export interface ConcurrentEnvironment {
  readonly db: D1Database
  readonly patch: SqlPatch
  readonly faultPlan: SeededFaultPlan
  readonly prng: Prng
  readonly clock: SimulatedClock
  readonly queue: FakeQueue
  readonly provider: FakeProvider
  readonly receiver: EventReceiver
  readonly writeLog: WriteLog
  readonly logLines: string[]
  /** Called with work that goes on after the response. */
  readonly track: (work: Promise<unknown>) => void
}

/** Two workers on one real database, whose bindings and network fail by seed. */
export interface ConcurrentIsolates {
  readonly isolates: readonly [Isolate, Isolate]
  /** How many calls there were, and how many of them had a fault. */
  readonly counts: { readonly calls: number; readonly faults: number }
  /** Resolves when every batch that was begun so far has ended. */
  readonly whenCommitted: () => Promise<unknown>
}

type CompleteCall = <T>(
  effect: () => T | Promise<T>,
  failWith: (isDone: boolean) => Promise<T>,
) => Promise<T>

export function createConcurrentIsolates(environment: ConcurrentEnvironment): ConcurrentIsolates {
  const { faultPlan } = environment
  const counts = { calls: 0, faults: 0 }
  let commits: Promise<unknown> = Promise.resolve()

  const outcomeOf = (isolate: Isolate): CallOutcome => {
    counts.calls++
    const task = { process: isolate, name: '', faults: 0, lookups: 0 }
    const outcome = faultPlan.outcomeOf('find', task)
    if (outcome !== 'ok') {
      counts.faults++
      isolate.faults++
    }
    return outcome
  }
  /** One after another, so that the write log has the order of the commits. */
  const commitInTurn = (calls: readonly SqlCall[]): Promise<readonly SqlResult[]> => {
    const turn = commits.then(() => commit(environment, calls))
    commits = turn.catch(() => undefined)
    return turn
  }
  const startIsolate = (id: number): Isolate => {
    /** What hangs or is slow here has failed for its caller. */
    const complete: CompleteCall = async (effect, failWith) => {
      const outcome = outcomeOf(isolate)
      if (outcome === 'before') return failWith(false)
      const value = await effect()
      if (outcome === 'after' || outcome === 'hang') return failWith(true)
      return outcome === 'twice' ? effect() : value
    }
    const worker = startWorker(environment, complete, commitInTurn)
    const isolate: Isolate = { id, faults: 0, worker }
    return isolate
  }
  return {
    isolates: [startIsolate(1), startIsolate(2)],
    counts,
    whenCommitted: () => commits,
  }
}

async function commit(
  { db, patch, writeLog }: ConcurrentEnvironment,
  calls: readonly SqlCall[],
): Promise<readonly SqlResult[]> {
  const statements = calls.map(({ text, params }) => db.prepare(patch(text)).bind(...params))
  const results = await db.batch<Record<string, unknown>>(statements)
  const done = results.map(({ results: rows, meta }) => ({ rows, changes: meta.changes }))
  writeLog.record(calls, done)
  return done
}

function startWorker(
  environment: ConcurrentEnvironment,
  complete: CompleteCall,
  commitInTurn: (calls: readonly SqlCall[]) => Promise<readonly SqlResult[]>,
) {
  const { queue, clock, track, logLines } = environment
  return createWorker(
    {
      ...settings,
      DB: createD1((calls) =>
        complete(
          () => commitInTurn(calls),
          () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
        ),
      ),
      EVENTS: toBinding((body) =>
        complete(
          () => queue.push(body),
          () => Promise.reject(new Error('Queue sendMessage failed')),
        ),
      ),
    },
    {
      fetch: createFetch(environment, complete),
      now: () => new Date(clock.ms),
      random: () => 0,
      sleep: immediateSleep,
      waitUntil: track,
      write: (line) => void logLines.push(line),
    },
  )
}

function createFetch({ prng, provider, receiver }: ConcurrentEnvironment, complete: CompleteCall) {
  return async (request: Request): Promise<Response> => {
    const body = request.method === 'GET' ? '' : await request.text()
    if (request.url === eventUrl) {
      return complete(
        () => new Response(null, { status: receiver.receive(readEventRequest(request, body)) }),
        () => createRefusal(prng),
      )
    }
    const providerRequest = readProviderRequest(request, body)
    return complete(
      () => provider.handle(providerRequest),
      (isDone) => createFaultyResponse(prng, isDone),
    )
  }
}
