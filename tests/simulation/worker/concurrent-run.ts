import type { D1Database } from '@cloudflare/workers-types'
import { createWorker } from '../../../apps/worker/src/worker.ts'
import { sleepOnTimer } from '../../../packages/server/src/timers.ts'
import type { Stage } from '../checkers/history.ts'
import type { Instant } from '../engine/fake-database.ts'
import { createShop } from '../engine/fake-merchant.ts'
import { createWeather } from '../engine/fault-plan.ts'
import { type Chance, createChance } from '../engine/prng.ts'
import type { Fate } from '../engine/scheduler.ts'
import { start as startMs } from '../workload/payments.ts'
import { createD1, type SqlCall, type SqlResult } from './bindings/d1.ts'
import type { Isolate } from './isolate.ts'
import { createPostBox, toBinding } from './bindings/queue.ts'
import { eventUrl, everyMinute, settings } from './settings.ts'
import type { Patch } from './bindings/sqlite.ts'
import type { Ground } from './context.ts'
import { earliest, readings, toRows } from './history/rows.ts'
import { createGiven } from './history/to-history.ts'
import { judgeWorker } from './history/worker-invariants.ts'
import { createDiary } from './history/write-log.ts'
import { createReceiver, toLetter } from './peers/event-receiver.ts'
import { createProvider, makeRefusal, makeTrouble, type Provider } from './peers/fake-provider.ts'
import { type Counter, openCounter } from './peers/merchant-client.ts'
import { type MailRoom, openMailRoom } from './peers/notice-inbox.ts'
import { tellWorkerStory, type WorkerStory } from './peers/worker-workload.ts'

/** What came of many histories on one database. */
export interface Crowd {
  readonly broken: readonly string[]
  /** How many calls there were, and to how many of them something happened. */
  readonly calls: number
  readonly faults: number
  /** How often the shop was told something. */
  readonly told: number
}

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
const mostMoves = 40
const mostRounds = 40

/**
 * Lets as many stories as are wanted happen beside each other, to two workers on one real database, with the
 * bindings and the network failing by seed; then the faults end, repair runs, and everything is judged.
 */
export async function runCrowd(
  db: D1Database,
  seed: number,
  size: number,
  patch: Patch,
): Promise<Crowd> {
  const chance = createChance(seed)
  const stories = Array.from({ length: size }, (_, at) => tellWorkerStory(chance, `_${seed}_${at}`))
  const story = unite(stories)
  const weather = createWeather(chance)
  const clock = createSteps()
  const shop = createShop()
  const given = createGiven()
  const diary = createDiary(clock)
  const provider = createProvider(story.payments, clock)
  const receiver = createReceiver(shop, clock)
  const queue = createPostBox(clock)
  const lines: string[] = []
  const works = new Set<Promise<unknown>>()
  const met = { calls: 0, faults: 0 }
  let isOver = false
  let commits: Promise<unknown> = Promise.resolve()

  const keep = (work: Promise<unknown>): void => {
    const kept = work.then(
      () => void works.delete(kept),
      (cause: unknown) => {
        works.delete(kept)
        surprise(`threw ${String(cause)}`)
      },
    )
    works.add(kept)
  }
  const surprise = (what: string): void =>
    void lines.push(JSON.stringify({ event: 'internal', what }))

  const fateOf = (isolate: Isolate): Fate => {
    met.calls++
    const fate = weather.fateOf('find', { process: isolate, name: '', faults: 0, lookups: 0 })
    if (fate !== 'ok') {
      met.faults++
      isolate.troubles++
    }
    return fate
  }

  /** Lets a call meet its fate. What hangs or is slow here has failed for whoever waits. */
  const meet = async <T>(
    isolate: Isolate,
    effect: () => T | Promise<T>,
    trouble: (isDone: boolean) => Promise<T>,
  ): Promise<T> => {
    const fate = fateOf(isolate)
    if (fate === 'before') return trouble(false)
    const value = await effect()
    if (fate === 'after' || fate === 'hang') return trouble(true)
    return fate === 'twice' ? effect() : value
  }

  const commit = async (calls: readonly SqlCall[]): Promise<readonly SqlResult[]> => {
    const statements = calls.map(({ text, params }) => db.prepare(patch(text)).bind(...params))
    const results = await db.batch<Record<string, unknown>>(statements)
    const done = results.map(({ results: rows, meta }) => ({ rows, changes: meta.changes }))
    diary.read(calls, done)
    return done
  }
  /** One after another, so that the diary is written in the order of the commits. */
  const inTurn = (calls: readonly SqlCall[]): Promise<readonly SqlResult[]> => {
    const turn = commits.then(() => commit(calls))
    commits = turn.catch(() => undefined)
    return turn
  }

  const startOne = (id: number): Isolate => {
    const isolate: Isolate = Object.assign(
      { id, troubles: 0 },
      { worker: startWorker(() => isolate) },
    )
    return isolate
  }
  const startWorker = (self: () => Isolate) =>
    createWorker(
      {
        ...settings,
        DB: createD1((calls) =>
          meet(
            self(),
            () => inTurn(calls),
            () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
          ),
        ),
        EVENTS: toBinding((body) =>
          meet(
            self(),
            () => queue.push(body),
            () => Promise.reject(new Error('Queue sendMessage failed')),
          ),
        ),
      },
      {
        async fetch(request) {
          const body = request.method === 'GET' ? '' : await request.text()
          if (request.url === eventUrl) {
            const take = () =>
              new Response(null, { status: receiver.take(toLetter(request, body)) })
            return meet(self(), take, () => makeRefusal(chance))
          }
          const url = new URL(request.url)
          const asked = { method: request.method, url, body: body === '' ? {} : JSON.parse(body) }
          return meet(
            self(),
            () => provider.answer(asked),
            (isDone) => makeTrouble(chance, isDone),
          )
        },
        now: () => new Date(clock.ms),
        random: () => 0,
        // The clock stands still meanwhile: only what limits something else is a timer.
        sleep: (ms, signal) =>
          signal === undefined || ms < 1_000 ? Promise.resolve() : sleepOnTimer(ms, signal),
        waitUntil: keep,
        write: (line) => void lines.push(line),
      },
    )
  const isolates = [startOne(1), startOne(2)] as const

  const groundOf = (own: WorkerStory): Ground => ({
    story: own,
    clock,
    chance,
    provider: onlyOf(provider, own),
    given,
    begin: (name, work) => {
      clock.ms += 5
      const isolate = isolates[chance.below(2)] ?? isolates[0]
      keep(work(isolate, { process: isolate, name, faults: 0, lookups: 0 }))
    },
    troublesOf: () => isolates[0].troubles + isolates[1].troubles,
    isOver: () => isOver,
    count: () => undefined,
    fold: () => undefined,
    tell: () => undefined,
  })
  const settled = async (): Promise<void> => {
    while (works.size > 0 || queue.ready > 0) {
      if (queue.ready > 0) consume()
      await Promise.all(works)
    }
  }
  const consume = (): void => {
    const handful = queue.take(chance, isOver)
    const { worker } = isolates[chance.below(2)] ?? isolates[0]
    keep(worker.consume(handful.batch).then(() => handful.settle(true)))
  }
  const cron = (): void => {
    for (const { worker } of isolates) keep(worker.runCron(everyMinute))
  }

  const lives = stories.map((own) => {
    const ground = groundOf(own)
    return { mail: openMailRoom(ground), counter: openCounter(ground, surprise), ground }
  })
  const live = async ({ mail, counter, ground }: (typeof lives)[number]): Promise<void> => {
    for (let moves = 0; moves < mostMoves; moves++) {
      move(chance, mail, counter, ground.provider)
      if (queue.ready > 0 && chance.below(3) === 0) consume()
      // Some of what was begun is waited for, and some is overtaken.
      if (chance.below(2) === 1) await commits
    }
  }
  for (let half = 0; half < 2; half++) {
    await Promise.all(lives.map(live))
    clock.ms += minuteMs
    cron()
  }

  weather.clear()
  await settled()
  isOver = true
  for (const { mail, counter, ground } of lives) {
    while (ground.provider.upcoming().length > 0) mail.happen()
    for (; counter.unopened > 0; await settled()) counter.open()
    while (mail.waiting > 0) mail.deliver(0)
  }
  await settled()
  const read = async (text: string) =>
    (await db.prepare(text).all<Record<string, unknown>>()).results
  const judge = async (stage: Stage): Promise<readonly string[]> => {
    const rows = toRows(await Promise.all(readings.map(read)))
    const remains = {
      story,
      clock,
      diary,
      provider,
      receiver,
      shop,
      given,
      lines,
      loose: works.size,
    }
    return judgeWorker(stage, rows, { ...remains, messages: queue.text })
  }
  const sweep = async (ms: number): Promise<void> => {
    clock.ms += ms
    cron()
    await settled()
  }
  const goOn = async (): Promise<void> => {
    for (let round = 0; round < mostRounds; round++) {
      const due = (await read(earliest))[0]?.['at']
      if (typeof due !== 'number') return
      await sweep(Math.max(minuteMs, due + 1 - clock.ms))
    }
  }
  await sweep(minuteMs)
  await sweep(minuteMs)
  const minutes = await judge('minutes')
  await goOn()
  await sweep(dayMs + 61 * minuteMs)
  await goOn()
  return { broken: [...minutes, ...(await judge('day'))], ...met, told: receiver.told.length }
}

/** Makes one thing happen in one story. */
function move(chance: Chance, mail: MailRoom, counter: Counter, provider: Provider): void {
  switch (chance.below(6)) {
    case 0:
    case 1:
      if (counter.unopened > 0) counter.open()
      return
    case 2:
      if (provider.upcoming().length > 0) mail.happen()
      return
    case 3:
    case 4:
      if (mail.waiting > 0) mail.deliver(chance.below(mail.waiting))
      return
    default:
      if (chance.below(8) === 7) counter.ask()
  }
}

/** A clock of which no two looks see the same step, so that steps say what came before what. */
function createSteps(): Instant {
  let step = 0
  return {
    ms: startMs,
    get step() {
      return ++step
    },
    set step(at) {
      step = at
    },
  }
}

function unite(stories: readonly WorkerStory[]): WorkerStory {
  return {
    orders: stories.flatMap(({ orders }) => orders),
    wanted: stories.flatMap(({ wanted }) => wanted),
    payments: stories.flatMap(({ payments }) => payments),
  }
}

/** The provider's books of one story alone. */
function onlyOf(provider: Provider, { payments }: WorkerStory): Provider {
  const own = new Set(payments.map(({ imp_uid }) => imp_uid))
  const accounts = provider.accounts.filter(({ imp_uid }) => own.has(imp_uid))
  const upcoming = () => provider.upcoming().filter(({ imp_uid }) => own.has(imp_uid))
  return { ...provider, accounts, upcoming }
}
