import type { ConfirmRequest } from '@quayside/core'
import type { History, ResponseRow } from '../checkers/history.ts'
import type { SimulatedClock } from '../engine/clock.ts'
import { collectHistory } from '../engine/collect-history.ts'
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

/** What a driver is made of. */
export interface DriverOptions {
  readonly provider: ProviderState
  readonly clock: SimulatedClock
  /** Builds the system that a process runs. */
  readonly build: () => HttpSystem
  /** Chooses the provider's faulty response when one is due. */
  readonly faultyResponse: () => number
}

/** Drives the product call by call: the real routes, recovery and delivery, on one fake database. */
export class Driver {
  readonly calls: HeldCalls
  readonly database: ReturnType<typeof createFakeDatabase>
  readonly merchant = createFakeMerchant()
  readonly responses: ResponseRow[] = []
  /** The events that the queue holds, by id. */
  readonly queue: string[] = []
  heldNotices: readonly HandledNotice[] = []
  readonly #clock: SimulatedClock
  readonly #context: PortContext
  readonly #build: () => HttpSystem
  #system: HttpSystem
  #process: Process = { id: 1 }
  #queued = 0

  constructor({ provider, clock, build, faultyResponse }: DriverOptions) {
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

  /** Sends a notice to its route. It is held at the call after `heldAfter` others, if that is a number. */
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

  /** Resumes a held notice. */
  resume(handled: HandledNotice): Promise<Progress<NoticeResponse>> {
    this.heldNotices = this.heldNotices.filter((each) => each !== handled)
    const signal = this.calls.nextProgress(handled.task)
    this.calls.release(handled.task)
    return this.#track(handled, signal)
  }

  /** Runs a job of the system: a sweep, an audit or a delivery. */
  async run(work: (system: SystemUnderTest, ports: FaultyPorts) => Promise<void>): Promise<Task> {
    const task = createTask(this.#process, 'cron')
    const signal = this.calls.nextProgress(task)
    const done = work(this.#context.system, new FaultyPorts(task, this.#context))
    const progress = await Promise.race([signal, done])
    if (progress?.kind === 'crashed') this.dropProcess(task.process)
    return task
  }

  /** Calls the confirm route; the code is null when the process crashed meanwhile. */
  async confirm(request: ConfirmRequest): Promise<{ task: Task; code: number | null }> {
    const task = createTask(this.#process, 'confirm')
    const signal = this.calls.nextProgress(task)
    const response = this.#system.confirm(request, new FaultyPorts(task, this.#context))
    const progress = await Promise.race([signal, response])
    if (typeof progress === 'number') return { task, code: progress }
    this.dropProcess(task.process)
    return { task, code: null }
  }

  /** Another build takes over; the old one finishes the notices that it handles. */
  deploy(): void {
    this.#process = { id: this.#process.id + 1 }
    this.#system = this.#build()
  }

  /** Puts the new events on the queue. */
  enqueue(): void {
    this.queue.push(...this.database.events.slice(this.#queued).map(({ id }) => id))
    this.#queued = this.database.events.length
  }

  collectHistory(): History {
    return collectHistory(this.#context, this.responses, this.heldNotices.length)
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

  /** Removes a process with all that it held. */
  dropProcess(process: Process): void {
    this.heldNotices = this.heldNotices.filter(({ task }) => task.process !== process)
    if (process === this.#process) this.deploy()
  }
}
