import type { LookupNotice } from '@quayside/core'
import type { Checkpoint, History, ResponseRow } from '../checkers/history.ts'
import type { NoticeResponse, SystemUnderTest } from '../systems/system.ts'
import { clockJumps, createNotices, type InboundNotice } from '../workload/notices.ts'
import { generateWorkload, startMs } from '../workload/payments.ts'
import type { Coverage } from './coverage.ts'
import { createFakeDatabase, type SimulatedClock } from './fake-database.ts'
import { createFakeMerchant } from './fake-merchant.ts'
import { createFaultPlan, type SeededFaultPlan } from './fault-plan.ts'
import { FaultyPorts, type PortContext } from './faulty-ports.ts'
import { drawWeighted, type Prng } from './prng.ts'
import { createScheduler, type Process, type SchedulerObserver, type Task } from './scheduler.ts'

/** One schedule: it moves by picks, and between two picks whatever was set free runs. */
export interface Simulation {
  /** Makes one pick; false when there is nothing left to happen. */
  step(): boolean
  /** What is there to be judged now, or null between the stages of repair. */
  readonly checkpoint: Checkpoint | null
  collectHistory(): History
  /** A number that two runs of one seed share, and hardly anything else does. */
  readonly hash: number
}

/** What a world may be given otherwise than by its seed. */
export interface SimulationOptions {
  /** Told each happening: who, what, how it went. */
  readonly log?: (line: string) => void
  readonly faultPlan?: SeededFaultPlan
  readonly createDatabase?: typeof createFakeDatabase
}

interface RunningTask {
  readonly task: Task
  readonly notice: InboundNotice | null
  readonly from: number
}

const maxSteps = 160
/** How often the provider sends a webhook again, where the merchant asked for that. */
const maxResends = 5

/** Makes the world of one schedule. */
export function createSimulation(
  prng: Prng,
  system: SystemUnderTest,
  coverage: Coverage,
  { log, faultPlan: provided, createDatabase = createFakeDatabase }: SimulationOptions = {},
): Simulation {
  const clock: SimulatedClock = { step: 0, ms: startMs }
  const workload = generateWorkload(prng, system.paymentCounts)
  const faultPlan = provided ?? createFaultPlan(prng)
  const resends = prng.below(2) === 1 ? maxResends : 0
  const losesNotices = prng.below(8) === 7
  const database = createDatabase(clock, system.guards)
  const merchant = createFakeMerchant()
  const paymentsWithoutOrder: string[] = []
  const responses: ResponseRow[] = []
  const inbound: InboundNotice[] = []
  const remaining = { deliver: prng.below(3), sweep: prng.below(3), jump: prng.below(3) }
  let processes: readonly Process[] = [{ id: 1 }, { id: 2 }]
  let running: RunningTask[] = []
  const weights = new Int32Array(9)
  const queue: string[] = []
  let queued = 0
  const uncreatedOrders = [...workload.orders]
  let phase = 0
  let eventsBefore = -1
  let checkpoint: Checkpoint | null = null
  let hash = 0x811c9dc5
  let taskNumber = 0

  const addToHash = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193)
  }
  const observer: SchedulerObserver = {
    onCall(name, task, outcome) {
      coverage.call(name, outcome)
      addToHash(name.length * 31 + outcome.length + task.process.id * 1000)
      log?.(`${task.name} | ${name} | ${outcome}`)
    },
    onInternalError(process) {
      processes = processes.map((each) => (each === process ? { id: each.id + 2 } : each))
      const lost = running.filter((each) => each.task.process === process)
      running = running.filter((each) => each.task.process !== process)
      for (const each of lost) if (each.notice !== null) resend(each.notice)
      log?.(`process ${process.id} | dies | `)
    },
  }
  const scheduler = createScheduler(faultPlan, observer)
  const context: PortContext = {
    workload,
    database,
    merchant,
    paymentsWithoutOrder,
    clock,
    prng,
    scheduler,
    system,
  }

  function startTask(
    name: string,
    from: InboundNotice | null,
    work: (task: Task) => Promise<NoticeResponse | void>,
  ) {
    const process = processes[prng.below(2)] ?? { id: 0 }
    // Only who is told of them needs to tell two tasks of one kind apart.
    const label = log === undefined ? name : `${name} #${++taskNumber}`
    const task: Task = { process, name: label, faults: 0, lookups: 0 }
    const entry: RunningTask = { task, notice: from, from: clock.step }
    running.push(entry)
    const end = (response: NoticeResponse | undefined): void => {
      running = running.filter((each) => each !== entry)
      if (response !== undefined && from !== null) recordResponse(entry, from, response)
    }
    work(task).then(
      (response) => end(response ?? undefined),
      (cause: unknown) => {
        log?.(`${label} | throws | ${String(cause)}`)
        end({ code: 500, status: null })
      },
    )
  }

  function recordResponse(
    { task, from }: RunningTask,
    notice: InboundNotice,
    response: NoticeResponse,
  ): void {
    coverage.response(notice.channel, response.code)
    addToHash(response.code + (response.status?.length ?? 0))
    log?.(`${task.name} | is answered | ${response.code} ${response.status ?? ''}`)
    responses.push({
      channel: notice.channel,
      imp_uid: notice.impUid,
      merchant_uid: notice.merchantUid,
      claimed: notice.claimedStatus,
      from,
      to: clock.step,
      ...response,
      faults: task.faults,
      lookups: task.lookups,
    })
    if (response.code >= 500) resend(notice)
  }

  function resend(notice: InboundNotice): void {
    if (notice.channel !== 'webhook' || notice.sent > resends || phase > 0) return
    inbound.push({ ...notice, sent: notice.sent + 1 })
  }

  function deliverNotice(at: number): void {
    const notice = inbound.splice(at, 1)[0]
    if (notice === undefined) return
    const provided: LookupNotice = notice
    startTask(`${notice.channel} ${notice.impUid}→${notice.merchantUid}`, notice, (task) =>
      system.handle(provided, new FaultyPorts(task, context)),
    )
  }

  function advancePayment(): void {
    const candidates = workload.payments.filter(
      (each) => each.versionsReached < each.versions.length,
    )
    const payment = candidates[prng.below(candidates.length)]
    const version = payment?.versions[payment.versionsReached]
    if (payment === undefined || version === undefined) return
    version.at = clock.step
    payment.versionsReached++
    coverage.upstream(version.status)
    log?.(`provider | ${payment.imp_uid} is ${version.status} | `)
    inbound.push(...createNotices(payment, version, workload, prng, losesNotices))
  }

  function openOrder(): void {
    const expected = uncreatedOrders.shift()
    const spec = workload.orderSpecs.find((each) => each.merchant_uid === expected?.merchantUid)
    if (expected === undefined || spec === undefined) return
    database.open(expected)
    spec.at = clock.step
    log?.(`shop | opens ${expected.merchantUid} | `)
  }

  const sweep = (kind: 'sweep' | 'audit'): void =>
    startTask(kind, null, (task) => system[kind](new FaultyPorts(task, context)))

  const deliver = (id: string | null): void =>
    startTask('deliver', null, (task) => system.deliver(new FaultyPorts(task, context), id))

  /** The queue is told of each event, and may lose it, repeat it, or be late. */
  function enqueue(): void {
    for (const { id } of database.events.slice(queued)) {
      for (let left = prng.below(4) === 3 ? 0 : 1 + prng.below(2); left > 0; left--) queue.push(id)
    }
    queued = database.events.length
  }

  const upcoming = (): boolean =>
    workload.payments.some((each) => each.versionsReached < each.versions.length)

  /** Makes one of the things happen that may; each weighs as much as there is of it. */
  function runStep(): boolean {
    if (database.events.length > queued) enqueue()
    weights[0] = scheduler.waiting
    weights[1] = uncreatedOrders.length * 3
    weights[2] = inbound.length
    weights[3] = upcoming() ? 1 : 0
    weights[4] = remaining.deliver
    weights[5] = remaining.sweep
    weights[6] = remaining.jump
    weights[7] = scheduler.lateEffects
    weights[8] = queue.length
    const choice = clock.step > maxSteps ? null : drawWeighted(prng, weights)
    if (choice === null) return false
    const { kind, at } = choice
    addToHash(kind * 64 + at)
    clock.ms += 20
    switch (kind) {
      case 0:
        scheduler.resume(at)
        break
      case 1:
        openOrder()
        break
      case 2:
        deliverNotice(at)
        break
      case 3:
        advancePayment()
        break
      case 4:
        remaining.deliver--
        deliver(null)
        break
      case 5:
        remaining.sweep--
        sweep('sweep')
        break
      case 6:
        remaining.jump--
        clock.ms += clockJumps[prng.below(clockJumps.length)] ?? 0
        break
      case 7:
        scheduler.applyLateEffect(at)
        break
      case 8:
        deliver(queue.splice(at, 1)[0] ?? null)
    }
    return true
  }

  /** The faults are over: what was set going ends, then time passes and repair runs. */
  function recover(): boolean {
    if (phase === 1) {
      while (uncreatedOrders.length > 0) openOrder()
      while (upcoming()) advancePayment()
      while (scheduler.lateEffects > 0) scheduler.applyLateEffect(0)
      while (inbound.length > 0) deliverNotice(0)
      for (const id of queue.splice(0)) deliver(id)
    }
    if (scheduler.waiting > 0) {
      scheduler.resumeAll()
      return true
    }
    switch (phase++) {
      case 1:
      case 2:
        clock.ms += 60_000
        // A minute in which nothing happened is followed by another such minute.
        if (phase === 3 && database.events.length === eventsBefore && !database.hasUndelivered())
          return true
        eventsBefore = database.events.length
        sweep('sweep')
        deliver(null)
        return true
      case 3:
        checkpoint = 'minutes'
        return true
      case 4:
        clock.ms += 86_400_000
        sweep('audit')
        return true
      case 5:
        if (database.hasUndelivered()) deliver(null)
        return true
      case 6:
        checkpoint = 'day'
        return false
    }
    return false
  }

  return {
    step() {
      clock.step++
      checkpoint = null
      if (phase === 0) {
        if (runStep()) return true
        phase = 1
        faultPlan.stop()
      }
      return recover()
    },
    get checkpoint() {
      return checkpoint
    },
    collectHistory: () => ({
      orderSpecs: workload.orderSpecs,
      payments: workload.payments,
      orders: [...database.orders.values()].map((order) => ({
        merchant_uid: order.merchantUid,
        status: order.status,
        imp_uid: order.impUid,
        cancelled: order.cancelled.minor,
        sequence: order.sequence,
      })),
      stored: [...database.orders.values()],
      events: database.events,
      attempts: database.attempts,
      leases: database.leases,
      responses,
      merchant: [...merchant.rows.values()],
      paymentsWithoutOrder,
      unfinishedTasks: running.length,
    }),
    get hash() {
      return hash >>> 0
    },
  }
}
