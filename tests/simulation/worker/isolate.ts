import type { AsyncLocalStorage } from 'node:async_hooks'
import { createWorker, type Worker } from '../../../apps/worker/src/worker.ts'
import type { Instant } from '../engine/fake-database.ts'
import type { Chance } from '../engine/prng.ts'
import type { Fate, Process, Scheduler, Task } from '../engine/scheduler.ts'
import type { Diary } from './history/write-log.ts'
import { type Receiver, toLetter } from './peers/event-receiver.ts'
import { makeRefusal, makeTrouble, type Provider } from './peers/fake-provider.ts'
import { createD1, type SqlCall } from './bindings/d1.ts'
import { type PostBox, toBinding } from './bindings/queue.ts'
import { eventUrl, settings } from './settings.ts'
import type { Sqlite } from './bindings/sqlite.ts'
import type { Timers } from './bindings/timers.ts'

/** A running worker: what it keeps in memory is lost when it dies. */
export interface Isolate extends Process {
  readonly worker: Worker
  /** How much went wrong around it since it began. */
  troubles: number
}

/** What is around every worker of a schedule. */
export interface Surroundings {
  readonly sqlite: Sqlite
  readonly diary: Diary
  readonly provider: Provider
  readonly receiver: Receiver
  readonly queue: PostBox
  readonly timers: Timers
  readonly scheduler: Scheduler<string>
  readonly clock: Instant
  readonly chance: Chance
  /** Tells in whose behalf something is running. */
  readonly whose: AsyncLocalStorage<Task>
  readonly lines: string[]
  /** Whether the shop's server is down. */
  isDeaf(): boolean
  /** Whether each statement of a batch is a transaction of its own, which is wrong on purpose. */
  readonly isSundered: boolean
  /** Told of work that nobody waits for. */
  keep(isolate: Process, work: Promise<unknown>): void
}

/** Starts the real worker with everything that leaves it going through a gate. */
export function startIsolate(id: number, around: Surroundings): Isolate {
  const { scheduler, clock, chance, timers, queue, lines } = around
  const isolate: Process = { id }
  const call = async <T>(
    name: string,
    effect: () => T | Promise<T>,
    trouble: (fate: Fate) => Promise<T>,
  ): Promise<T> => scheduler.call<T | Promise<T>>(whoseTask(around), name, effect, trouble)

  const runNow = async (calls: readonly SqlCall[]) => {
    try {
      const results = around.sqlite.batch(calls)
      around.diary.read(calls, results)
      return results
    } catch (error) {
      lines.push(JSON.stringify({ event: 'sql', message: String(error) }))
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
  const runSundered = async (calls: readonly SqlCall[]) => {
    const results = []
    for (const each of calls) results.push(...(await runBatch([each])))
    return results
  }

  const fetch = async (request: Request): Promise<Response> => {
    const body = request.method === 'GET' ? '' : await request.text()
    if (request.url === eventUrl) return postEvent(request, body)
    const url = new URL(request.url)
    const asked = { method: request.method, url, body: body === '' ? {} : JSON.parse(body) }
    const name = nameFetch(url.pathname)
    if (name === 'GET payment') countLookup(whoseTask(around))
    return call(
      name,
      () => around.provider.answer(asked),
      // Whoever hangs says nothing: it is for the caller to lose patience.
      (fate) => (fate === 'hang' ? silence() : makeTrouble(chance, fate === 'after')),
    )
  }

  const postEvent = (request: Request, body: string): Promise<Response> => {
    const letter = toLetter(request, body)
    return call(
      'POST event',
      () => new Response(null, { status: around.isDeaf() ? 503 : around.receiver.take(letter) }),
      (fate) => (fate === 'hang' ? silence() : makeRefusal(chance)),
    )
  }

  const countLookup = (task: Task): void => {
    // After a trouble the client may ask once more.
    if (running.troubles === 0 || task.lookups === 0) task.lookups++
  }

  const bindings = {
    DB: createD1(around.isSundered ? runSundered : runBatch),
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
      random: () => chance.below(16) / 16,
      sleep: (ms, signal) => timers.sleep(isolate, ms, signal),
      waitUntil: (work) => around.keep(running, work),
      write: (line) => void lines.push(line),
    },
  )
  const running: Isolate = Object.assign(isolate, { worker, troubles: 0 })
  return running
}

function whoseTask({ whose }: Surroundings): Task {
  const task = whose.getStore()
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
  const [, room, first] = path.split('/')
  if (room === 'users') return 'POST token'
  if (room === 'vbanks') return 'DELETE account'
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

function silence<T>(): Promise<T> {
  return new Promise(() => undefined)
}
