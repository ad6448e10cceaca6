import { AsyncLocalStorage } from 'node:async_hooks'
import type { Stage } from '../checkers/history.ts'
import type { Instant } from '../engine/fake-database.ts'
import { createShop } from '../engine/fake-merchant.ts'
import { createWeather } from '../engine/fault-plan.ts'
import { type Chance, drawPick } from '../engine/prng.ts'
import { createScheduler, type Process, type Task, type Witness } from '../engine/scheduler.ts'
import { start as startMs } from '../workload/payments.ts'
import { type Isolate, type Surroundings, startIsolate } from './isolate.ts'
import { createPostBox } from './bindings/queue.ts'
import { everyMinute } from './settings.ts'
import type { Sqlite } from './bindings/sqlite.ts'
import { createTimers } from './bindings/timers.ts'
import type { Ground } from './context.ts'
import { earliest, readings, toRows } from './history/rows.ts'
import { createGiven } from './history/to-history.ts'
import { judgeWorker } from './history/worker-invariants.ts'
import { createDiary } from './history/write-log.ts'
import { createReceiver } from './peers/event-receiver.ts'
import { createProvider } from './peers/fake-provider.ts'
import { openCounter } from './peers/merchant-client.ts'
import { jumps } from './peers/merchant-requests.ts'
import { openMailRoom } from './peers/notice-inbox.ts'
import { tellWorkerStory } from './peers/worker-workload.ts'

/** One schedule of the whole worker: it moves by picks, and between two picks whatever was set free runs. */
export interface WorkerWorld {
  /** Makes one pick; false when there is nothing left to happen. */
  step(): boolean
  /** What is broken, as far as it can be told now. */
  readonly broken: readonly string[]
  /** A number that two runs of one seed share, and hardly anything else does. */
  readonly hash: number
}

/** What a schedule stands on and whom it tells. */
export interface WorkerOptions {
  readonly sqlite: Sqlite
  readonly isSundered: boolean
  /** Counts what was met. */
  readonly count: (key: string) => void
  /** Told each happening: who, what, how it went. */
  readonly tell?: (line: string) => void
}

interface Running {
  readonly task: Task
  /** What happens when its process dies. */
  readonly die: () => void
}

const maxPicks = 200
const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
/** An end to waiting for what is not going to happen. */
const mostRounds = 40
const mostIdleTurns = 8

/** Makes the world of one schedule of the whole worker. */
export function createWorkerWorld(
  chance: Chance,
  { sqlite, isSundered, count, tell = () => undefined }: WorkerOptions,
): WorkerWorld {
  const clock: Instant = { step: 0, ms: startMs }
  const story = tellWorkerStory(chance)
  const weather = createWeather(chance)
  const isHasty = chance.below(4) === 3
  let isShopDown = chance.below(6) === 5
  const left = { cron: chance.below(4), jump: chance.below(3), errand: chance.below(4) }
  const shop = createShop()
  const given = createGiven()
  const lines: string[] = []
  const whose = new AsyncLocalStorage<Task>()
  let isolates: readonly Isolate[] = []
  let running: Running[] = []
  let broken: readonly string[] = []
  let phase = 0
  let rounds = 0
  let idle = 0
  let hash = 0x811c9dc5
  const fold = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193)
  }
  const blame = ({ id }: Process): void => {
    const isolate = isolates.find((each) => each.id === id)
    if (isolate !== undefined) isolate.troubles++
  }

  const witness: Witness<string> = {
    picked(name, { process, name: who }, fate) {
      count(`${name} | ${fate}`)
      fold(name.length * 31 + fate.length + process.id * 1000)
      tell(`${who} | ${name} | ${fate}`)
      if (fate !== 'ok') blame(process)
    },
    crashed(process) {
      tell(`process ${process.id} | dies | `)
      isolates = isolates.map((each) =>
        each === process ? startIsolate(each.id + 2, around) : each,
      )
      around.timers.drop(process)
      const dead = running.filter(({ task }) => task.process === process)
      running = running.filter(({ task }) => task.process !== process)
      for (const { die } of dead) die()
    },
  }
  const around: Surroundings = {
    sqlite,
    diary: createDiary(clock),
    provider: createProvider(story.payments, clock),
    receiver: createReceiver(shop, clock),
    queue: createPostBox(clock),
    timers: createTimers(clock, blame),
    scheduler: createScheduler<string>(weather, witness),
    clock,
    chance,
    whose,
    lines,
    isDeaf: () => isShopDown,
    isSundered,
    keep: (process, work) => enter({ process, name: 'afterwards', faults: 0, lookups: 0 }, work),
  }
  const { provider, queue, timers, scheduler } = around
  isolates = [startIsolate(1, around), startIsolate(2, around)]

  const surprise = (what: string): void =>
    void lines.push(JSON.stringify({ event: 'internal', what }))

  function enter(task: Task, work: Promise<unknown>, die = () => {}): void {
    const entry: Running = { task, die }
    running.push(entry)
    const end = (): void => {
      running = running.filter((each) => each !== entry)
    }
    work.then(end, (cause: unknown) => {
      end()
      surprise(`${task.name} threw ${String(cause)}`)
    })
  }

  const ground: Ground = {
    story,
    clock,
    chance,
    provider,
    given,
    begin(name, work, die) {
      const isolate = isolates[chance.below(2)]
      if (isolate === undefined) return
      const task: Task = { process: isolate, name, faults: 0, lookups: 0 }
      const begun = whose.run(task, () => work(isolate, task))
      enter(task, begun, die)
    },
    troublesOf: ({ process }) => isolates.find((each) => each === process)?.troubles ?? 1,
    isOver: () => phase > 0,
    count,
    fold,
    tell,
  }
  const mail = openMailRoom(ground)
  const counter = openCounter(ground, surprise)

  function consume(): void {
    const handful = queue.take(chance, phase > 0)
    ground.begin(
      'queue',
      async ({ worker }) => {
        await worker.consume(handful.batch)
        handful.settle(true)
      },
      () => handful.settle(false),
    )
  }

  function cron(times: number): void {
    for (let each = 0; each < times; each++) {
      ground.begin('cron', ({ worker }) => worker.runCron(everyMinute))
    }
  }

  function pass(ms: number): void {
    clock.ms += ms
    timers.ring()
  }

  const weights = new Int32Array(10)
  /** Makes one of the things happen that may; each weighs as much as there is of it. */
  function pick(): boolean {
    weights[0] = scheduler.waiting
    weights[1] = counter.unopened * 3
    weights[2] = mail.waiting
    weights[3] = provider.upcoming().length > 0 ? 1 : 0
    weights[4] = left.cron
    weights[5] = left.errand
    weights[6] = left.jump
    weights[7] = scheduler.stragglers
    weights[8] = queue.ready
    weights[9] = timers.waiting > 0 && (isHasty || scheduler.waiting === 0) ? 1 : 0
    const drawn = clock.step > maxPicks ? null : drawPick(chance, weights)
    if (drawn === null) return false
    const { kind, at } = drawn
    fold(kind * 64 + at)
    pass(20)
    moves[kind]?.(at)
    return true
  }

  const moves: readonly ((at: number) => void)[] = [
    (at) => scheduler.open(at),
    () => counter.open(),
    (at) => mail.deliver(at),
    () => mail.happen(),
    () => {
      left.cron--
      if (chance.below(2) === 1) pass(minuteMs - (clock.ms % minuteMs))
      // The platform may start a trigger twice.
      cron(1 + chance.below(2))
    },
    () => {
      left.errand--
      counter.ask()
    },
    () => {
      left.jump--
      pass(jumps[chance.below(jumps.length)] ?? 0)
    },
    (at) => scheduler.straggle(at),
    consume,
    () => timers.skip(),
  ]

  /** The faults are over: what was set going ends. */
  function end(): void {
    isShopDown = false
    while (scheduler.stragglers > 0) scheduler.straggle(0)
    while (counter.unopened > 0) counter.open()
    while (provider.upcoming().length > 0) mail.happen()
    while (mail.waiting > 0) mail.deliver(0)
  }

  /** Whether something is still on its way; if so, it is brought on. */
  function isBusy(): boolean {
    if (scheduler.waiting > 0) {
      scheduler.openAll()
      idle = 0
      return true
    }
    if (running.length === 0) {
      if (queue.ready > 0) consume()
      return running.length > 0
    }
    if (timers.waiting > 0) {
      timers.skip()
      idle = 0
      return true
    }
    // What neither waits nor ends is given some turns, and is loose then.
    return idle++ < mostIdleTurns
  }

  const read = (text: string) => sqlite.run({ text, params: [] }).rows

  function judge(stage: Stage): void {
    const loose = running.length
    broken = judgeWorker(stage, toRows(readings.map(read)), {
      ...around,
      story,
      shop,
      given,
      messages: queue.text,
      loose,
    })
    phase++
  }

  /** A round of repair once something is due; false when nothing is. */
  function goOn(): boolean {
    const due = read(earliest)[0]?.['at']
    if (typeof due !== 'number' || rounds++ > mostRounds) return false
    pass(Math.max(minuteMs, due + 1 - clock.ms))
    cron(1)
    return true
  }

  function heal(): boolean {
    if (isBusy()) return true
    idle = 0
    switch (phase) {
      case 1:
        end()
        phase++
        return true
      case 2:
        if (counter.unopened > 0) counter.open()
        else phase++
        return true
      case 3:
      case 4:
        pass(minuteMs)
        cron(phase === 3 ? 1 : 2)
        phase++
        return true
      case 5:
        judge('minutes')
        return broken.length === 0
      case 6:
      case 8:
        if (!goOn()) phase++
        return true
      case 7:
        pass(dayMs + 61 * minuteMs)
        cron(1)
        phase++
        return true
    }
    judge('day')
    return false
  }

  return {
    step() {
      clock.step++
      if (phase === 0) {
        if (pick()) return true
        phase = 1
        weather.clear()
      }
      return heal()
    },
    get broken() {
      return broken
    },
    get hash() {
      return hash >>> 0
    },
  }
}
