import type { ConfirmRequest } from '@quayside/core'
import type { History, ResponseRow } from '../checkers/history.ts'
import type { SimulatedClock } from '../engine/clock.ts'
import { createFakeDatabase } from '../engine/fake-database.ts'
import { createFakeMerchant } from '../engine/fake-merchant.ts'
import { FaultyPorts, type PortContext } from '../engine/faulty-ports.ts'
import type { Process, Task } from '../engine/scheduler.ts'
import type { HttpSystem } from '../systems/http-app.ts'
import type { NoticeResponse, SystemUnderTest } from '../systems/system.ts'
import type { InboundNotice } from '../workload/notices.ts'
import { createTask, HeldCalls, type Progress } from './held-calls.ts'
import type { Observation } from './model.ts'
import type { ProviderState } from './provider-state.ts'

/** A notice that is being handled. */
export interface HandledNotice {
  readonly notice: InboundNotice
  readonly task: Task
  readonly from: number
  /** The records it may have read; null when it names no payment of its order. */
  readonly observation: Observation | null
  readonly work: Promise<NoticeResponse>
  readonly wasHeld: boolean
}

/** What a dock is built of, besides the doors. */
export interface DriverOptions {
  readonly provider: ProviderState
  readonly clock: SimulatedClock
  /** Builds what a process runs. */
  readonly build: () => HttpSystem
  /** Which of the provider's many bad answers comes when one is due. */
  readonly faultyResponse: () => number
}

/** The product, driven by hand: the real doors, repair and delivery, over tables that last. */
export class Driver {
  readonly calls: HeldCalls
  readonly database: ReturnType<typeof createFakeDatabase>
  readonly merchant = createFakeMerchant()
  readonly responses: ResponseRow[] = []
  /** The events that the queue holds, by id. */
  readonly queue: string[] = []
  heldNotices: readonly HandledNotice[] = []
  readonly #provider: ProviderState
  readonly #clock: SimulatedClock
  readonly #context: PortContext
  readonly #build: () => HttpSystem
  #system: HttpSystem
  #process: Process = { id: 1 }
  #queued = 0

  constructor({ provider, clock, build, faultyResponse }: DriverOptions) {
    this.#provider = provider
    this.#clock = clock
    this.#build = build
    this.#system = build()
    this.database = createFakeDatabase(clock, this.#system.guards)
    this.calls = new HeldCalls(() => {
      clock.step++
    })
    this.#context = {
      workload: provider,
      database: this.database,
      merchant: this.merchant,
      paymentsWithoutOrder: [],
      clock,
      prng: { below: (n) => faultyResponse() % Math.max(n, 1) },
      scheduler: this.calls,
      system: this.#system,
    }
  }

  /** Brings a notice to its door. It is held at the call after `heldAfter` others, if that is a number. */
  deliverNotice(
    notice: InboundNotice,
    observation: Observation | null,
    heldAfter: number | null,
  ): [HandledNotice, Promise<Progress<NoticeResponse>>] {
    const task = createTask(this.#process, notice.channel)
    if (heldAfter !== null) this.calls.hold(task, heldAfter)
    const from = this.#clock.step++
    const signal = this.calls.nextProgress(task)
    const work = this.#system.handle(notice, new FaultyPorts(task, this.#context))
    const handled: HandledNotice = { notice, task, from, observation, work, wasHeld: false }
    return [handled, this.#track(handled, signal)]
  }

  /** Lets a held notice go on. */
  resume(handled: HandledNotice): Promise<Progress<NoticeResponse>> {
    this.heldNotices = this.heldNotices.filter((each) => each !== handled)
    const signal = this.calls.nextProgress(handled.task)
    this.calls.release(handled.task)
    return this.#track(handled, signal)
  }

  /** Repairs, audits or delivers; what it names are the methods of a design. */
  async run(work: (system: SystemUnderTest, ports: FaultyPorts) => Promise<void>): Promise<Task> {
    const task = createTask(this.#process, 'cron')
    const signal = this.calls.nextProgress(task)
    const done = work(this.#context.system, new FaultyPorts(task, this.#context))
    const progress = await Promise.race([signal, done])
    if (progress?.kind === 'crashed') this.dropProcess(task.process)
    return task
  }

  /** Asks the confirm door; null when the process died over it. */
  async confirm(request: ConfirmRequest): Promise<{ task: Task; code: number | null }> {
    const task = createTask(this.#process, 'confirm')
    const signal = this.calls.nextProgress(task)
    const response = this.#system.confirm(request, new FaultyPorts(task, this.#context))
    const progress = await Promise.race([signal, response])
    if (typeof progress === 'number') return { task, code: progress }
    this.dropProcess(task.process)
    return { task, code: null }
  }

  /** Another build takes over; what the old one has in its hands it finishes. */
  deploy(): void {
    this.#process = { id: this.#process.id + 1 }
    this.#system = this.#build()
  }

  /** The queue is told of what happened. */
  enqueue(): void {
    this.queue.push(...this.database.events.slice(this.#queued).map(({ id }) => id))
    this.#queued = this.database.events.length
  }

  collectHistory(): History {
    const { orders, events, attempts, leases } = this.database
    return {
      orderSpecs: this.#provider.orderSpecs,
      payments: this.#provider.payments,
      orders: [...orders.values()].map((order) => ({
        merchant_uid: order.merchantUid,
        status: order.status,
        imp_uid: order.impUid,
        cancelled: order.cancelled.minor,
        sequence: order.sequence,
      })),
      stored: [...orders.values()],
      events,
      attempts,
      leases,
      responses: this.responses,
      merchant: [...this.merchant.rows.values()],
      paymentsWithoutOrder: this.#context.paymentsWithoutOrder,
      unfinishedTasks: this.heldNotices.length,
    }
  }

  async #track(
    handled: HandledNotice,
    signal: Promise<Progress<never>>,
  ): Promise<Progress<NoticeResponse>> {
    const done = handled.work.then((value) => ({ kind: 'done', value }) as const)
    const progress = await Promise.race([signal, done])
    if (progress.kind === 'held')
      this.heldNotices = [...this.heldNotices, { ...handled, wasHeld: true }]
    if (progress.kind === 'crashed') this.dropProcess(handled.task.process)
    if (progress.kind === 'done') this.#recordResponse(handled, progress.value)
    return progress
  }

  #recordResponse({ notice, task, from }: HandledNotice, response: NoticeResponse): void {
    this.responses.push({
      channel: notice.channel,
      imp_uid: notice.impUid,
      merchant_uid: notice.merchantUid,
      claimed: notice.claimedStatus,
      from,
      to: this.#clock.step,
      ...response,
      faults: task.faults,
      lookups: task.lookups,
    })
  }

  /** A process is gone, with all that it held. */
  dropProcess(process: Process): void {
    this.heldNotices = this.heldNotices.filter(({ task }) => task.process !== process)
    if (process === this.#process) this.deploy()
  }
}
