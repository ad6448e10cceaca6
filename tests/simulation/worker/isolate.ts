import type { AsyncLocalStorage } from 'node:async_hooks'
import { createWorker, type Worker } from '../../../apps/worker/src/worker.ts'
import type { SimulatedClock } from '../engine/fake-database.ts'
import type { Prng } from '../engine/prng.ts'
import type { CallOutcome, Process, Scheduler, Task } from '../engine/scheduler.ts'
import { createD1, type SqlCall } from './bindings/d1.ts'
import { type FakeQueue, toBinding } from './bindings/queue.ts'
import type { Sqlite } from './bindings/sqlite.ts'
import type { Timers } from './bindings/timers.ts'
import type { WriteLog } from './history/write-log.ts'
import { type EventReceiver, readEventRequest } from './peers/event-receiver.ts'
import { createFaultyResponse, createRefusal, type FakeProvider } from './peers/fake-provider.ts'
import { eventUrl, settings } from './settings.ts'

/** A running worker: what it keeps in memory is lost when it dies. */
export interface Isolate extends Process {
  readonly worker: Worker
  /** How much went wrong around it since it began. */
  faults: number
}

/** What is around every worker of a schedule. */
export interface IsolateEnvironment {
  readonly sqlite: Sqlite
  readonly writeLog: WriteLog
  readonly provider: FakeProvider
  readonly receiver: EventReceiver
  readonly queue: FakeQueue
  readonly timers: Timers
  readonly scheduler: Scheduler<string>
  readonly clock: SimulatedClock
  readonly prng: Prng
  /** Tells in whose behalf something is running. */
  readonly taskStorage: AsyncLocalStorage<Task>
  readonly logLines: string[]
  /** Whether the shop's server is down. */
  isMerchantDown(): boolean
  /** Whether each statement of a batch is a transaction of its own, which is wrong on purpose. */
  readonly splitsBatches: boolean
  /** Told of work that nobody waits for. */
  track(isolate: Process, work: Promise<unknown>): void
}

/** Starts the real worker with everything that leaves it going through a gate. */
export function startIsolate(id: number, environment: IsolateEnvironment): Isolate {
  const { scheduler, clock, prng, timers, queue, logLines } = environment
  const isolate: Process = { id }
  const call = async <T>(
    name: string,
    effect: () => T | Promise<T>,
    failWith: (outcome: CallOutcome) => Promise<T>,
  ): Promise<T> => scheduler.call<T | Promise<T>>(currentTask(environment), name, effect, failWith)

  const runNow = async (calls: readonly SqlCall[]) => {
    try {
      const results = environment.sqlite.batch(calls)
      environment.writeLog.record(calls, results)
      return results
    } catch (error) {
      logLines.push(JSON.stringify({ event: 'sql', message: String(error) }))
      throw error
    }
  }
  const runBatch = (calls: readonly SqlCall[]) =>
    call(
      nameBatch(calls),
      () => {
        const done = runNow(calls)
        // Nobody may be waiting any more; the line in the log is what the judge reads.
        done.catch(() => undefined)
        return done
      },
      () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
    )
  const runSplit = async (calls: readonly SqlCall[]) => {
    const results = []
    for (const each of calls) results.push(...(await runBatch([each])))
    return results
  }

  const fetch = async (request: Request): Promise<Response> => {
    const body = request.method === 'GET' ? '' : await request.text()
    if (request.url === eventUrl) return postEvent(request, body)
    const url = new URL(request.url)
    const providerRequest = {
      method: request.method,
      url,
      body: body === '' ? {} : JSON.parse(body),
    }
    const name = nameFetch(url.pathname)
    if (name === 'GET payment') countLookup(currentTask(environment))
    return call(
      name,
      () => environment.provider.handle(providerRequest),
      // Whoever hangs says nothing: it is for the caller to lose patience.
      (outcome) => (outcome === 'hang' ? never() : createFaultyResponse(prng, outcome === 'after')),
    )
  }

  const postEvent = (request: Request, body: string): Promise<Response> => {
    const eventRequest = readEventRequest(request, body)
    return call(
      'POST event',
      () =>
        new Response(null, {
          status: environment.isMerchantDown() ? 503 : environment.receiver.receive(eventRequest),
        }),
      (outcome) => (outcome === 'hang' ? never() : createRefusal(prng)),
    )
  }

  const countLookup = (task: Task): void => {
    // After a trouble the client may ask once more.
    if (self.faults === 0 || task.lookups === 0) task.lookups++
  }

  const bindings = {
    DB: createD1(environment.splitsBatches ? runSplit : runBatch),
    EVENTS: toBinding((body) =>
      call(
        'send message',
        () => queue.push(body),
        () => Promise.reject(new Error('Queue sendMessage failed')),
      ),
    ),
  }
  const worker = createWorker(
    { ...settings, ...bindings },
    {
      fetch,
      now: () => new Date(clock.ms),
      random: () => prng.below(16) / 16,
      sleep: (ms, signal) => timers.sleep(isolate, ms, signal),
      waitUntil: (work) => environment.track(self, work),
      write: (line) => void logLines.push(line),
    },
  )
  const self: Isolate = Object.assign(isolate, { worker, faults: 0 })
  return self
}

function currentTask({ taskStorage }: IsolateEnvironment): Task {
  const task = taskStorage.getStore()
  if (task === undefined) throw new TypeError('Cannot tell who called: nobody is at work')
  return task
}

/** A batch by what its first statement does, and to what: `UPDATE outbox`. */
function nameBatch([first]: readonly SqlCall[]): string {
  const text = first?.text ?? ''
  const verb = /^\w+/.exec(text)?.[0] ?? ''
  const table = /(?:FROM|INTO|UPDATE) (\w+)/.exec(text)?.[1] ?? ''
  return `${verb} ${table}`
}

function nameFetch(path: string): string {
  const [, resource, first] = path.split('/')
  if (resource === 'users') return 'POST token'
  if (resource === 'vbanks') return 'DELETE account'
  switch (first) {
    case undefined:
      return 'GET payments'
    case 'status':
      return 'GET list'
    case 'find':
      return 'GET newest'
    case 'prepare':
      return 'prepare'
    case 'cancel':
      return 'POST cancel'
    default:
      return 'GET payment'
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
