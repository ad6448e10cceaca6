import type { LookupNotice } from '@quayside/core'
import type { AnswerRow, Evidence, Stage } from '../checkers/history.ts'
import type { Design, Reply } from '../systems/system.ts'
import { deadline, type Mail, writeMail } from '../workload/notices.ts'
import { start, tellStory } from '../workload/payments.ts'
import type { Reach } from './coverage.ts'
import { createTables, type Instant } from './fake-database.ts'
import { createShop } from './fake-merchant.ts'
import { createWeather, type SeededWeather } from './fault-plan.ts'
import { type Ground, Ports } from './faulty-ports.ts'
import { type Chance, drawPick } from './prng.ts'
import { createScheduler, type Process, type Task, type Witness } from './scheduler.ts'

/** One schedule: it moves by picks, and between two picks whatever was set free runs. */
export interface World {
  /** Makes one pick; false when there is nothing left to happen. */
  step(): boolean
  /** What is there to be judged now, or null between the stages of repair. */
  readonly stage: Stage | null
  gather(): Evidence
  /** A number that two runs of one seed share, and hardly anything else does. */
  readonly hash: number
}

/** What a world may be given otherwise than by its seed. */
export interface WorldOptions {
  /** Told each happening: who, what, how it went. */
  readonly tell?: (line: string) => void
  readonly weather?: SeededWeather
  readonly makeTables?: typeof createTables
}

interface Running {
  readonly task: Task
  readonly mail: Mail | null
  readonly from: number
}

const maxPicks = 160
/** How often the provider sends a webhook again, where the merchant asked for that. */
const maxResends = 5

/** Makes the world of one schedule. */
export function createWorld(
  chance: Chance,
  design: Design,
  reach: Reach,
  { tell, weather: given, makeTables = createTables }: WorldOptions = {},
): World {
  const clock: Instant = { step: 0, ms: start }
  const story = tellStory(chance, design.crowd)
  const weather = given ?? createWeather(chance)
  const resends = chance.below(2) === 1 ? maxResends : 0
  const isDeaf = chance.below(8) === 7
  const tables = makeTables(clock, design.guards)
  const shop = createShop()
  const orphans: string[] = []
  const answers: AnswerRow[] = []
  const mail: Mail[] = []
  const sweepsLeft = { deliver: chance.below(3), repair: chance.below(3), jump: chance.below(3) }
  let processes: readonly Process[] = [{ id: 1 }, { id: 2 }]
  let running: Running[] = []
  const weights = new Int32Array(9)
  const queue: string[] = []
  let queued = 0
  const unopened = [...story.orders]
  let phase = 0
  let seen = -1
  let stage: Stage | null = null
  let hash = 0x811c9dc5
  let serial = 0

  const fold = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193)
  }
  const witness: Witness = {
    picked(name, task, fate) {
      reach.call(name, fate)
      fold(name.length * 31 + fate.length + task.process.id * 1000)
      tell?.(`${task.name} | ${name} | ${fate}`)
    },
    crashed(process) {
      processes = processes.map((each) => (each === process ? { id: each.id + 2 } : each))
      const dead = running.filter((each) => each.task.process === process)
      running = running.filter((each) => each.task.process !== process)
      for (const each of dead) if (each.mail !== null) resend(each.mail)
      tell?.(`process ${process.id} | dies | `)
    },
  }
  const scheduler = createScheduler(weather, witness)
  const ground: Ground = { story, tables, shop, orphans, clock, chance, scheduler, design }

  function begin(name: string, from: Mail | null, work: (task: Task) => Promise<Reply | void>) {
    const process = processes[chance.below(2)] ?? { id: 0 }
    // Only who is told of them needs to tell two tasks of one kind apart.
    const label = tell === undefined ? name : `${name} #${++serial}`
    const task: Task = { process, name: label, faults: 0, lookups: 0 }
    const entry: Running = { task, mail: from, from: clock.step }
    running.push(entry)
    const end = (reply: Reply | undefined): void => {
      running = running.filter((each) => each !== entry)
      if (reply !== undefined && from !== null) answer(entry, from, reply)
    }
    work(task).then(
      (reply) => end(reply ?? undefined),
      (cause: unknown) => {
        tell?.(`${label} | throws | ${String(cause)}`)
        end({ code: 500, word: null })
      },
    )
  }

  function answer({ task, from }: Running, notice: Mail, reply: Reply): void {
    reach.answer(notice.channel, reply.code)
    fold(reply.code + (reply.word?.length ?? 0))
    tell?.(`${task.name} | is answered | ${reply.code} ${reply.word ?? ''}`)
    answers.push({
      channel: notice.channel,
      imp_uid: notice.impUid,
      merchant_uid: notice.merchantUid,
      claimed: notice.claimedStatus,
      from,
      to: clock.step,
      ...reply,
      faults: task.faults,
      lookups: task.lookups,
    })
    if (reply.code >= 500) resend(notice)
  }

  function resend(notice: Mail): void {
    if (notice.channel !== 'webhook' || notice.sent > resends || phase > 0) return
    mail.push({ ...notice, sent: notice.sent + 1 })
  }

  function deliverMail(at: number): void {
    const notice = mail.splice(at, 1)[0]
    if (notice === undefined) return
    const given: LookupNotice = notice
    begin(`${notice.channel} ${notice.impUid}→${notice.merchantUid}`, notice, (task) =>
      design.handle(given, new Ports(task, ground)),
    )
  }

  function happen(): void {
    const able = story.payments.filter((each) => each.reached < each.versions.length)
    const payment = able[chance.below(able.length)]
    const version = payment?.versions[payment.reached]
    if (payment === undefined || version === undefined) return
    version.at = clock.step
    payment.reached++
    reach.upstream(version.status)
    tell?.(`provider | ${payment.imp_uid} is ${version.status} | `)
    mail.push(...writeMail(payment, version, story, chance, isDeaf))
  }

  function openOrder(): void {
    const expected = unopened.shift()
    const wanted = story.wanted.find((each) => each.merchant_uid === expected?.merchantUid)
    if (expected === undefined || wanted === undefined) return
    tables.open(expected)
    wanted.at = clock.step
    tell?.(`shop | opens ${expected.merchantUid} | `)
  }

  const sweep = (kind: 'sweep' | 'audit'): void =>
    begin(kind, null, (task) => design[kind](new Ports(task, ground)))

  const deliver = (id: string | null): void =>
    begin('deliver', null, (task) => design.deliver(new Ports(task, ground), id))

  /** The queue is told of each event, and may lose it, repeat it, or be late. */
  function enqueue(): void {
    for (const { id } of tables.events.slice(queued)) {
      for (let left = chance.below(4) === 3 ? 0 : 1 + chance.below(2); left > 0; left--)
        queue.push(id)
    }
    queued = tables.events.length
  }

  const upcoming = (): boolean => story.payments.some((each) => each.reached < each.versions.length)

  /** Makes one of the things happen that may; each weighs as much as there is of it. */
  function pick(): boolean {
    if (tables.events.length > queued) enqueue()
    weights[0] = scheduler.waiting
    weights[1] = unopened.length * 3
    weights[2] = mail.length
    weights[3] = upcoming() ? 1 : 0
    weights[4] = sweepsLeft.deliver
    weights[5] = sweepsLeft.repair
    weights[6] = sweepsLeft.jump
    weights[7] = scheduler.stragglers
    weights[8] = queue.length
    const drawn = clock.step > maxPicks ? null : drawPick(chance, weights)
    if (drawn === null) return false
    const { kind, at } = drawn
    fold(kind * 64 + at)
    clock.ms += 20
    switch (kind) {
      case 0:
        scheduler.open(at)
        break
      case 1:
        openOrder()
        break
      case 2:
        deliverMail(at)
        break
      case 3:
        happen()
        break
      case 4:
        sweepsLeft.deliver--
        deliver(null)
        break
      case 5:
        sweepsLeft.repair--
        sweep('sweep')
        break
      case 6:
        sweepsLeft.jump--
        clock.ms += deadline[chance.below(deadline.length)] ?? 0
        break
      case 7:
        scheduler.straggle(at)
        break
      case 8:
        deliver(queue.splice(at, 1)[0] ?? null)
    }
    return true
  }

  /** The faults are over: what was set going ends, then time passes and repair runs. */
  function heal(): boolean {
    if (phase === 1) {
      while (unopened.length > 0) openOrder()
      while (upcoming()) happen()
      while (scheduler.stragglers > 0) scheduler.straggle(0)
      while (mail.length > 0) deliverMail(0)
      for (const id of queue.splice(0)) deliver(id)
    }
    if (scheduler.waiting > 0) {
      scheduler.openAll()
      return true
    }
    switch (phase++) {
      case 1:
      case 2:
        clock.ms += 60_000
        // A minute in which nothing happened is followed by another such minute.
        if (phase === 3 && tables.events.length === seen && !tables.hasUndelivered()) return true
        seen = tables.events.length
        sweep('sweep')
        deliver(null)
        return true
      case 3:
        stage = 'minutes'
        return true
      case 4:
        clock.ms += 86_400_000
        sweep('audit')
        return true
      case 5:
        if (tables.hasUndelivered()) deliver(null)
        return true
      case 6:
        stage = 'day'
        return false
    }
    return false
  }

  return {
    step() {
      clock.step++
      stage = null
      if (phase === 0) {
        if (pick()) return true
        phase = 1
        weather.clear()
      }
      return heal()
    },
    get stage() {
      return stage
    },
    gather: () => ({
      wanted: story.wanted,
      payments: story.payments,
      orders: [...tables.orders.values()].map((order) => ({
        merchant_uid: order.merchantUid,
        status: order.status,
        imp_uid: order.impUid,
        cancelled: order.cancelled.minor,
        sequence: order.sequence,
      })),
      stored: [...tables.orders.values()],
      events: tables.events,
      attempts: tables.attempts,
      claims: tables.claims,
      answers,
      shop: [...shop.rows.values()],
      orphans,
      loose: running.length,
    }),
    get hash() {
      return hash >>> 0
    },
  }
}
