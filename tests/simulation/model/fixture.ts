import type { MerchantUid } from '@quayside/core'
import { isOpen, isTooOld, matches } from '../checkers/history.ts'
import { checkInvariants } from '../checkers/invariants.ts'
import { dayMs, minuteMs, type SimulatedClock } from '../engine/clock.ts'
import type { HttpSystem } from '../systems/http-app.ts'
import type { NoticeResponse } from '../systems/system.ts'
import type { InboundNotice } from '../workload/notices.ts'
import { startMs } from '../workload/payments.ts'
import {
  checkConfirm,
  checkDelivered,
  checkMerchant,
  checkResponse,
  checkSwept,
  failCheck,
  type ModelState,
} from './checks.ts'
import { Driver, type HandledNotice } from './driver.ts'
import type { Progress } from './held-calls.ts'
import { type Observation, type TrackedOrder, trackEvent, unpaid } from './model.ts'
import { type LivePayment, ProviderState, price } from './provider-state.ts'

/** The provider, the product, and the model of each order. Each command ends with a comparison of the two. */
export class ModelFixture implements ModelState {
  readonly clock: SimulatedClock = { step: 1, ms: startMs }
  readonly provider: ProviderState = new ProviderState(this.clock)
  readonly driver: Driver
  readonly orders = new Map<string, TrackedOrder>()
  /** The latest notice, which may be delivered again. */
  last: InboundNotice | null = null
  faultyResponse = 0
  readonly #count: (key: string) => void
  #lateObservations: Observation[] = []
  #eventsTracked = 0

  constructor(build: () => HttpSystem, count: (key: string) => void) {
    this.#count = count
    this.driver = new Driver({
      provider: this.provider,
      clock: this.clock,
      build,
      faultyResponse: () => this.faultyResponse,
    })
  }

  createOrder(acceptsLatePayment: boolean): void {
    const order = this.provider.createOrder(acceptsLatePayment)
    this.driver.database.open(order)
    const { merchantUid: merchant_uid } = order
    this.orders.set(merchant_uid, { merchant_uid, acceptsLatePayment, state: unpaid, sequence: 0 })
  }

  async deliverNotice(notice: InboundNotice, heldAfter: number | null = null): Promise<void> {
    this.last = notice
    const payment = this.provider.payments.find(({ impUid }) => impUid === notice.impUid)
    const observation = payment === undefined ? null : this.#observe(payment, notice.merchantUid)
    const [handled, progress] = this.driver.deliverNotice(notice, observation, heldAfter)
    this.#track(handled, await progress)
  }

  async resume(handled: HandledNotice): Promise<void> {
    this.#track(handled, await this.driver.resume(handled))
  }

  async confirm({ impUid, merchantUid }: LivePayment, amount: number): Promise<void> {
    const request = { kind: 'payment', impUid, merchantUid, amount } as const
    const { task, code } = await this.driver.confirm(request)
    const { faults } = task
    checkConfirm(this, merchantUid, { asked: amount, expected: price }, { code, faults })
    this.#trackEvents([])
  }

  /** A minute passes: late effects are applied, open orders are swept, due events are sent. */
  async passMinute(): Promise<void> {
    this.clock.ms += minuteMs
    // An event that was leased by a late effect is still leased.
    const isLate = this.driver.calls.lateEffects.length > 0
    this.#applyLateEffects()
    const open = [...this.orders.values()].filter(({ state }) => isOpen(state.status))
    const payments = this.#observeAll()
    const sweep = await this.driver.run((system, deps) => system.sweep(deps))
    this.#lateObservations.push(...(this.driver.calls.lateEffects.length > 0 ? payments : []))
    this.#trackEvents(payments)
    for (const order of sweep.faults === 0 ? open : []) {
      checkSwept(this, order, payments)
      if (order.state.status === 'vbank_issued' && this.provider.isOverdue(order.state)) {
        failCheck(`${order.merchant_uid} is overdue and still open`)
      }
    }
    const sending = await this.driver.run((system, deps) => system.deliver(deps, null))
    if (!isLate && sweep.faults + sending.faults === 0) checkDelivered(this)
    this.#trackEvents(payments)
  }

  async audit(): Promise<void> {
    this.clock.ms += dayMs
    const payments = this.#observeAll()
    await this.driver.run((system, deps) => system.audit(deps))
    this.#trackEvents(payments)
    for (const order of this.orders.values()) checkSwept(this, order, payments)
    await this.driver.run((system, deps) => system.deliver(deps, null))
    checkDelivered(this)
  }

  /** Sends the event that the queue names. */
  async deliverEvent(id: string): Promise<void> {
    await this.driver.run((system, deps) => system.deliver(deps, id))
    this.#trackEvents([])
  }

  /** Time passes, and late effects are applied. */
  waitUntil(ms: number): void {
    this.clock.ms = Math.max(this.clock.ms, ms)
    this.#applyLateEffects()
  }

  /** The faults are over: held notices end, two minutes and a day pass. */
  async finish(): Promise<void> {
    Object.assign(this.driver.calls.armedFaults, { store: null, upstream: null })
    for (const handled of this.driver.heldNotices) await this.resume(handled)
    await this.passMinute()
    await this.passMinute()
    const early = checkInvariants(this.driver.collectHistory(), 'minutes')
    await this.audit()
    const violations = [...early, ...checkInvariants(this.driver.collectHistory(), 'day')]
    if (violations.length > 0) failCheck(violations.join('; '))
  }

  #applyLateEffects(): void {
    for (const { effect } of this.driver.calls.takeLateEffects()) effect()
    this.#trackEvents([])
    this.#lateObservations = []
  }

  #track(handled: HandledNotice, progress: Progress<NoticeResponse>): void {
    const { task } = handled
    const observations = this.#observedBy(handled)
    const hasLateEffect = this.driver.calls.lateEffects.some((each) => each.task === task)
    if (hasLateEffect) this.#lateObservations.push(...observations)
    this.#trackEvents(observations)
    if (progress.kind === 'done') checkResponse(this, handled, progress.value)
  }

  /** Follows the new events: each of them must be explained by a record that some task had read. */
  #trackEvents(observations: readonly Observation[]): void {
    const all = [
      ...observations,
      ...this.#lateObservations,
      ...this.driver.heldNotices.flatMap((each) => this.#observedBy(each)),
    ]
    const { events } = this.driver.database
    for (const event of events.slice(this.#eventsTracked)) {
      const order = this.orders.get(event.merchant_uid)
      if (order === undefined) return failCheck(`${event.merchant_uid} is no order of the workload`)
      this.#count(`event ${order.state.status} → ${event.kind}`)
      const problem = trackEvent(order, event, all, this.provider.isOverdue)
      if (problem !== null) failCheck(problem)
    }
    this.#eventsTracked = events.length
    this.driver.enqueue()
    checkMerchant(this)
  }

  /** What can be read of a payment from now on, if it matches that order. */
  #observe(payment: LivePayment, merchantUid: MerchantUid): Observation | null {
    const spec = this.provider.orderSpecs.find((each) => each.merchant_uid === merchantUid)
    const latest = payment.versions.at(-1)
    if (spec === undefined || latest === undefined) return null
    if (!matches(payment, spec) || isTooOld(latest, spec)) return null
    const { imp_uid, merchant_uid, versions, dueAt } = payment
    const issued = dueAt === null ? 0 : (versions[0]?.madeAt ?? 0)
    return {
      merchant_uid,
      imp_uid,
      issued,
      due: dueAt ?? 0,
      versions,
      since: versions.length - 1,
      isOnlyPaid: false,
    }
  }

  /** What a notice may have read: its payment and, where a buyer waits for the result, the order's paid ones. */
  #observedBy({ notice, observation }: HandledNotice): readonly Observation[] {
    const own = observation === null ? [] : [observation]
    if (notice.channel === 'webhook') return own
    const ofOrder = this.#observeAll().filter((each) => each.merchant_uid === notice.merchantUid)
    return [...own, ...ofOrder.map((each) => ({ ...each, since: 0, isOnlyPaid: true }))]
  }

  #observeAll(): readonly Observation[] {
    return this.provider.payments.flatMap((each) => this.#observe(each, each.merchantUid) ?? [])
  }
}
