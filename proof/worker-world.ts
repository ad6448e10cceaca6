import { AsyncLocalStorage } from 'node:async_hooks'
import type { Chance } from './chance.ts'
import { type Mail, writeMail } from './channels.ts'
import { createScheduler, type Process, type Task, type Witness } from './scheduler.ts'
import { createShop } from './shop.ts'
import { start as startMs } from './story.ts'
import type { Instant } from './tables.ts'
import { createWeather } from './weather.ts'
import { createTimers } from './worker-clock.ts'
import { createDiary } from './worker-diary.ts'
import { type Given, judgeWorker } from './worker-evidence.ts'
import { type Isolate, type Surroundings, startIsolate } from './worker-isolate.ts'
import { type Errand, jumps, makeErrand, toCreation, toErrandRequest } from './worker-merchant.ts'
import { toReply, toRequest } from './worker-notice.ts'
import { createProvider } from './worker-provider.ts'
import { createPostBox } from './worker-queue.ts'
import { createReceiver, toStanding } from './worker-receiver.ts'
import { everyMinute } from './worker-settings.ts'
import type { Sqlite } from './worker-sqlite.ts'
import { tellWorkerStory, type Wanted } from './worker-story.ts'

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
  readonly from: number
  /** What happens when its process dies. */
  readonly die: () => void
}

const maxPicks = 200
/** How often the provider sends a webhook again, where the merchant asked for that. */
const maxResends = 5
const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
/** An end to waiting for what is not going to happen. */
const mostRounds = 40

/** Makes the world of one schedule of the whole worker. */
export function createWorkerWorld(chance: Chance, options: WorkerOptions): WorkerWorld {
  const { sqlite, count, tell } = options
  const clock: Instant = { step: 0, ms: startMs }
  const story = tellWorkerStory(chance)
  const weather = createWeather(chance)
  const resends = chance.below(2) === 1 ? maxResends : 0
  const isDeaf = chance.below(8) === 7
  const isHasty = chance.below(4) === 3
  let isShopDown = chance.below(6) === 5
  const left = { cron: chance.below(4), jump: chance.below(3), errand: chance.below(4) }
  const shop = createShop()
  const given: Given = {
    answers: [],
    texts: [],
    parts: new Map(),
    cancelled: new Map(),
    isShopBack: () => !isShopDown,
  }
  const mail: Mail[] = []
  const sentAt = new WeakMap<Mail, number>()
  const unopened: Wanted[] = [...story.orders]
  let running: Running[] = []
  let broken: readonly string[] = []
  let phase = 0
  let rounds = 0
  let idle = 0
  let hash = 0x811c9dc5
  const fold = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193)
  }

  let isolates: readonly Isolate[] = []
  const isolateOf = (process: Process): Isolate | undefined =>
    isolates.find((each) => each.id === process.id)
  const witness: Witness<string> = {
    picked(name, { process, name: who }, fate) {
      count(`${name} | ${fate}`)
      fold(name.length * 31 + fate.length + process.id * 1000)
      tell?.(`${who} | ${name} | ${fate}`)
      const isolate = isolateOf(process)
      if (fate !== 'ok' && isolate !== undefined) isolate.troubles++
    },
    crashed(process) {
      tell?.(`process ${process.id} | dies | `)
      isolates = isolates.map((each) =>
        each.id === process.id ? startIsolate(each.id + 2, around) : each,
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
    timers: createTimers(clock, (process) => {
      const isolate = isolateOf(process)
      if (isolate !== undefined) isolate.troubles++
    }),
    scheduler: createScheduler<string>(weather, witness),
    clock,
    chance,
    whose: new AsyncLocalStorage<Task>(),
    lines: [],
    isDeaf: () => isShopDown,
    isSundered: options.isSundered,
    keep: (process, work) => enter({ process, name: 'afterwards', faults: 0, lookups: 0 }, work),
  }
  const { provider, queue, timers, scheduler } = around
  isolates = [startIsolate(1, around), startIsolate(2, around)]

  function enter(task: Task, work: Promise<unknown>, die = () => {}): void {
    const entry: Running = { task, from: clock.step, die }
    running.push(entry)
    const end = (): void => {
      running = running.filter((each) => each !== entry)
    }
    work.then(end, (cause: unknown) => {
      end()
      around.lines.push(
        JSON.stringify({ event: 'internal', task: task.name, cause: String(cause) }),
      )
    })
  }

  function begin(
    name: string,
    work: (isolate: Isolate, task: Task) => Promise<void>,
    die?: () => void,
  ) {
    const isolate = isolates[chance.below(2)]
    if (isolate === undefined) return
    const task: Task = { process: isolate, name, faults: 0, lookups: 0 }
    enter(
      task,
      around.whose.run(task, () => work(isolate, task)),
      die,
    )
  }

  function deliverMail(at: number): void {
    const notice = mail.splice(at, 1)[0]
    if (notice === undefined) return
    const { channel, impUid, merchantUid } = notice
    const name = `${channel} ${impUid}→${merchantUid}`
    const arrived = clock.step
    begin(
      name,
      async ({ worker }, task) => {
        const response = await worker.app.fetch(toRequest(notice))
        const text = await response.text()
        given.texts.push(text)
        const said = channel === 'redirect' ? response.headers.get('location') : readStatus(text)
        const reply = toReply(channel, response.status, said ?? '', isClosed(merchantUid))
        count(`answer ${channel} ${reply.code}`)
        fold(reply.code + (reply.word?.length ?? 0))
        tell?.(`${name} | is answered | ${reply.code} ${reply.word ?? ''}`)
        // Who was answered from a record that was read for another vouches for no more than he told.
        const from = task.lookups > 0 ? arrived : (sentAt.get(notice) ?? arrived)
        const isSandbox = provider.accounts.some((each) => each.imp_uid === impUid && each.sandbox)
        given.answers.push({
          channel,
          imp_uid: impUid,
          merchant_uid: merchantUid,
          claimed: notice.claimedStatus,
          from,
          to: clock.step,
          ...reply,
          // In live mode the provider does not know a payment of a test channel: that is no calm either.
          faults: (isolateOf(task.process)?.troubles ?? 1) + (isSandbox ? 1 : 0),
          lookups: task.lookups,
        })
        if (reply.code >= 500) resend(notice)
      },
      () => resend(notice),
    )
  }

  function resend(notice: Mail): void {
    if (notice.channel !== 'webhook' || notice.sent > resends || phase > 0) return
    const again = { ...notice, sent: notice.sent + 1 }
    sentAt.set(again, sentAt.get(notice) ?? clock.step)
    mail.push(again)
  }

  function isClosed(merchantUid: string): boolean {
    const text = 'SELECT status, imp_uid FROM orders WHERE merchant_uid = ?1'
    const [row] = sqlite.run({ text, params: [merchantUid] }).rows
    return (
      row?.['status'] === 'cancelled' &&
      toStanding('cancelled', row['imp_uid'] === null ? null : '') === 'expired'
    )
  }

  function ask(errand: Errand, onEnd: (code: number) => void): void {
    const { name, partOf } = errand
    if (partOf !== null) given.parts.set(partOf, (given.parts.get(partOf) ?? 0) + 1)
    begin(
      name,
      async ({ worker }) => {
        const response = await worker.app.fetch(toErrandRequest(errand))
        const text = await response.text()
        given.texts.push(text)
        const { status } = response
        count(`answer ${name.split(' ')[0]} ${status}`)
        fold(status)
        tell?.(`${name} | is answered | ${status}`)
        if (status === 500) around.lines.push(JSON.stringify({ event: 'internal', task: name }))
        if (errand.path.endsWith('/cancel') && status === 200) noteCancelled(text)
        onEnd(status)
      },
      () => onEnd(0),
    )
  }

  function noteCancelled(text: string): void {
    const { merchant_uid, cancelled_amount }: { merchant_uid: string; cancelled_amount: number } =
      JSON.parse(text)
    const before = given.cancelled.get(merchant_uid) ?? 0
    given.cancelled.set(merchant_uid, Math.max(before, cancelled_amount))
  }

  function openOrder(): void {
    const order = unopened.shift()
    if (order === undefined) return
    ask(toCreation(order), (code) => {
      if (code === 0 || code >= 500) unopened.push(order)
    })
  }

  function happen(): void {
    const able = provider.upcoming()
    const account = able[chance.below(able.length)]
    const version = account === undefined ? null : provider.advance(account)
    if (account === undefined || version === null) return
    account.booked.reached++
    count(`upstream ${version.status}`)
    tell?.(`provider | ${account.imp_uid} is ${version.status} | `)
    const written = writeMail(account.booked, version, story, chance, isDeaf)
    for (const each of written) sentAt.set(each, clock.step)
    mail.push(...written)
  }

  function consume(): void {
    const handful = queue.take(chance, phase > 0)
    begin(
      'queue',
      async ({ worker }) => {
        await worker.consume(handful.batch)
        handful.settle(true)
      },
      () => handful.settle(false),
    )
  }

  function cron(times: number): void {
    for (let each = 0; each < times; each++)
      begin('cron', ({ worker }) => worker.schedule(everyMinute))
  }

  function pass(ms: number): void {
    clock.ms += ms
    timers.ring()
  }

  const weights = new Int32Array(10)
  /** Makes one of the things happen that may; each weighs as much as there is of it. */
  function pick(): boolean {
    weights[0] = scheduler.waiting
    weights[1] = unopened.length * 3
    weights[2] = mail.length
    weights[3] = provider.upcoming().length > 0 ? 1 : 0
    weights[4] = left.cron
    weights[5] = left.errand
    weights[6] = left.jump
    weights[7] = scheduler.stragglers
    weights[8] = queue.ready
    weights[9] = timers.waiting > 0 && (isHasty || scheduler.waiting === 0) ? 1 : 0
    let total = 0
    for (const weight of weights) total += weight
    if (total === 0 || clock.step > maxPicks) return false
    let rest = chance.below(total)
    let kind = 0
    for (const weight of weights) {
      if (rest < weight) break
      rest -= weight
      kind++
    }
    fold(kind * 64 + rest)
    pass(20)
    moves[kind]?.(rest)
    return true
  }

  const moves: readonly ((at: number) => void)[] = [
    (at) => scheduler.open(at),
    openOrder,
    deliverMail,
    happen,
    () => {
      left.cron--
      if (chance.below(2) === 1) pass(minuteMs - (clock.ms % minuteMs))
      // The platform may start a trigger twice.
      cron(1 + chance.below(2))
    },
    () => {
      left.errand--
      ask(makeErrand(chance, story.orders), () => undefined)
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
    weather.clear()
    isShopDown = false
    while (scheduler.stragglers > 0) scheduler.straggle(0)
    while (unopened.length > 0) openOrder()
    while (provider.upcoming().length > 0) happen()
    while (mail.length > 0) deliverMail(0)
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
    return idle++ < 8
  }

  function judge(stage: 'minutes' | 'day'): void {
    broken = judgeWorker(stage, given, around, { story, shop, loose: running.length })
    phase++
  }

  /** A round of repair once something is due; false when nothing is. */
  function goOn(): boolean {
    const due = earliest(sqlite)
    if (due === null || rounds++ > mostRounds) return false
    clock.ms = Math.max(clock.ms + minuteMs, due + 1)
    timers.ring()
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
        if (unopened.length > 0) openOrder()
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

function readStatus(text: string): string {
  const { status }: { status: unknown } = JSON.parse(text)
  return String(status)
}

/** When the next thing of delivery or repair is due; null when nothing is. */
function earliest(sqlite: Sqlite): number | null {
  const text = `SELECT min(due_at) AS at FROM (SELECT due_at FROM outbox UNION ALL
    SELECT due_at FROM cancels UNION ALL SELECT due_at FROM revocations UNION ALL
    SELECT due_at FROM exceptions)`
  const at = sqlite.run({ text, params: [] }).rows[0]?.['at']
  return typeof at === 'number' ? at : null
}
