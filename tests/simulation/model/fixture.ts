import type { MerchantUid } from '@quayside/core'
import { matches, type OrderStatus } from '../checkers/history.ts'
import { checkInvariants } from '../checkers/invariants.ts'
import type { SimulatedClock } from '../engine/clock.ts'
import type { HttpSystem } from '../systems/http-app.ts'
import type { NoticeResponse } from '../systems/system.ts'
import type { InboundNotice } from '../workload/notices.ts'
import { startMs } from '../workload/payments.ts'
import { Driver, type HandledNotice } from './driver.ts'
import type { Progress } from './held-calls.ts'
import {
  applyUpdate,
  isSameState,
  type Observation,
  type PaymentUpdate,
  type TrackedOrder,
  trackEvent,
  unpaid,
  updateOf,
} from './model.ts'
import { type LivePayment, ProviderState, price } from './provider-state.ts'

/** What the callback's answer says of an order that stands so. */
const shownStatus = (status: OrderStatus): OrderStatus => (status === 'expired' ? 'failed' : status)
/** A page of the shop stands for several states. */
const pageStatuses: readonly OrderStatus[] = ['paid', 'vbank_issued', 'pending']

/** The books, the product, and the model that follows it: after each deed the product is held against it. */
export class ModelFixture {
  readonly clock: SimulatedClock = { step: 1, ms: startMs }
  readonly provider: ProviderState = new ProviderState(this.clock)
  readonly driver: Driver
  readonly orders = new Map<string, TrackedOrder>()
  /** The notice that came last, which may come again. */
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

  async confirm(payment: LivePayment, amount: number): Promise<void> {
    const { impUid, merchantUid } = payment
    const { task, code } = await this.driver.confirm({
      kind: 'payment',
      impUid,
      merchantUid,
      amount,
    })
    const status = this.orders.get(merchantUid)?.state.status
    const expected = isOpen(status) && amount === price ? 200 : 409
    if (code === 200 && expected !== 200)
      failCheck(`confirmed ${amount} for ${merchantUid}, which is ${status}`)
    if (task.faults === 0 && code !== expected)
      failCheck(`confirm answered ${code}, not ${expected}`)
    this.#trackEvents([])
  }

  /** A minute passes: what hung takes place, what is open is looked up, what is due is sent. */
  async passMinute(): Promise<void> {
    this.clock.ms += 60_000
    // A lease that is taken late still holds.
    const isLate = this.driver.calls.lateEffects.length > 0
    this.#applyLateEffects()
    const open = [...this.orders.values()].filter(({ state }) => isOpen(state.status))
    const payments = this.provider.payments.flatMap(
      (each) => this.#observe(each, each.merchantUid) ?? [],
    )
    const sweep = await this.driver.run((system, deps) => system.sweep(deps))
    this.#lateObservations.push(...(this.driver.calls.lateEffects.length > 0 ? payments : []))
    this.#trackEvents(payments)
    for (const order of sweep.faults === 0 ? open : []) {
      this.#checkSwept(order, payments)
      if (order.state.status === 'vbank_issued' && this.provider.isOverdue(order.state)) {
        failCheck(`${order.merchant_uid} is overdue and still open`)
      }
    }
    const sending = await this.driver.run((system, deps) => system.deliver(deps, null))
    if (!isLate && sweep.faults + sending.faults === 0) this.#checkDelivered()
    this.#trackEvents(payments)
  }

  async audit(): Promise<void> {
    this.clock.ms += 86_400_000
    const payments = this.provider.payments.flatMap(
      (each) => this.#observe(each, each.merchantUid) ?? [],
    )
    await this.driver.run((system, deps) => system.audit(deps))
    this.#trackEvents(payments)
    for (const order of this.orders.values()) this.#checkSwept(order, payments)
    await this.driver.run((system, deps) => system.deliver(deps, null))
    this.#checkDelivered()
  }

  /** Sends what the queue names. */
  async deliverEvent(id: string): Promise<void> {
    await this.driver.run((system, deps) => system.deliver(deps, id))
    this.#trackEvents([])
  }

  /** Time passes, and what hung takes place after all. */
  waitUntil(ms: number): void {
    this.clock.ms = Math.max(this.clock.ms, ms)
    this.#applyLateEffects()
  }

  #applyLateEffects(): void {
    for (const { effect } of this.driver.calls.takeLateEffects()) effect()
    this.#trackEvents([])
    this.#lateObservations = []
  }

  /** The faults are over; everybody ends, two minutes and a day pass. */
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

  #track(handled: HandledNotice, progress: Progress<NoticeResponse>): void {
    const { observation, task } = handled
    const observations = observation === null ? [] : [observation]
    const hasLateEffect = this.driver.calls.lateEffects.some((each) => each.task === task)
    if (hasLateEffect) this.#lateObservations.push(...observations)
    this.#trackEvents(observations)
    if (progress.kind === 'done') this.#checkResponse(handled, progress.value)
  }

  /** Follows what happened since: each of it must have been news in somebody's hand. */
  #trackEvents(observations: readonly Observation[]): void {
    const all = [
      ...observations,
      ...this.#lateObservations,
      ...this.driver.heldNotices.flatMap(({ observation }) => observation ?? []),
    ]
    const { events } = this.driver.database
    for (const event of events.slice(this.#eventsTracked)) {
      const order = this.orders.get(event.merchant_uid)
      if (order === undefined) return failCheck(`${event.merchant_uid} is nobody's order`)
      this.#count(`event ${order.state.status} → ${event.kind}`)
      const problem = trackEvent(order, event, all, this.provider.isOverdue)
      if (problem !== null) failCheck(problem)
    }
    this.#eventsTracked = events.length
    this.driver.enqueue()
    for (const state of this.driver.merchant.rows.values()) {
      const order = this.orders.get(state.merchant_uid)
      if (state.fulfilled > 1) failCheck(`${state.merchant_uid} was fulfilled twice`)
      if (order === undefined || state.sequence > order.sequence)
        failCheck(`${state.merchant_uid} was foretold`)
    }
  }

  /** What is answered of a notice must be what the order says then. */
  #checkResponse(
    { notice, observation, task, wasHeld }: HandledNotice,
    { code, status }: NoticeResponse,
  ): void {
    const about = `${notice.channel} of ${notice.impUid} for ${notice.merchantUid}`
    const order = this.orders.get(notice.merchantUid)
    const sent = observation?.versions[observation.since]
    const isKept =
      notice.channel === 'webhook' ? code < 300 : status !== null && status !== 'pending'
    if (isKept && order !== undefined && observation !== null && sent !== undefined) {
      const update = updateOf(observation, sent)
      // An account, or the end of one, is no news while the order stands on another; where that other one ended
      // before the answer, the next sweep finds out.
      const isMoneyless = update.status === 'vbank_issued' || update.status === 'failed'
      if (!(wasHeld && isMoneyless))
        this.#checkKnown(order, observation, update, notice.claimedStatus)
    }
    if (task.faults > 0 || wasHeld) return
    const exists = this.provider.payments.some(({ impUid }) => impUid === notice.impUid)
    const resend = order === undefined || !exists
    if (notice.channel === 'webhook') {
      if (code !== (resend ? 503 : 200)) failCheck(`${about}: answered ${code}`)
      return
    }
    const fallback = order === undefined || exists ? 'forgery' : 'pending'
    const expected =
      order === undefined || observation === null ? fallback : shownStatus(order.state.status)
    const isUnclear =
      notice.channel === 'redirect' && !pageStatuses.some((each) => each === expected)
    if (status !== expected && !(isUnclear && status === null))
      failCheck(`${about}: answered ${status}, not ${expected}`)
  }

  /** After a sweep in which nothing failed an order has nothing more to learn of money, or of its own payment. */
  #checkSwept(order: TrackedOrder, payments: readonly Observation[]): void {
    for (const observation of payments) {
      const now = observation.versions.at(-1)
      if (observation.merchant_uid !== order.merchant_uid || now === undefined) continue
      const isOwn = observation.imp_uid === order.state.imp_uid
      const isMoney = now.status === 'paid' || now.status === 'partially_cancelled'
      if (isOwn || isMoney)
        this.#checkKnown(order, observation, updateOf(observation, now), 'cancelled')
    }
  }

  /** News that somebody was told are kept must be in the order, or beside it where they are no news of it. */
  #checkKnown(
    order: TrackedOrder,
    observation: Observation,
    update: PaymentUpdate,
    claimed: string | null,
  ): void {
    const { merchant_uid, state } = order
    const transition = applyUpdate(state, update, order.acceptsLatePayment)
    const isOwn = state.imp_uid === update.imp_uid
    // Of another try that came to nothing meanwhile there is nothing to keep.
    const end = observation.versions.at(-1)?.status
    const isOver = !isOwn && (end === 'cancelled' || end === 'failed')
    if (isSameState(transition, state) || isOver) return
    if (typeof transition === 'string') {
      const isRecorded = this.driver.database.attempts.some(
        (each) =>
          each.imp_uid === update.imp_uid &&
          each.merchant_uid === merchant_uid &&
          (each.outcome !== 'accepted' || each.previous !== null),
      )
      if (!isRecorded)
        failCheck(`${merchant_uid}: ${update.imp_uid} is ${transition}, and nobody noted it`)
      return
    }
    // An order that says paid needs no lookup for one more notice, unless that one speaks of a cancel.
    const isSettled = isOwn && (state.status === 'paid' || state.status === 'partially_cancelled')
    if (isSettled && claimed !== 'cancelled') return
    failCheck(
      `${merchant_uid} is ${state.status} and was told that ${update.imp_uid} is ${update.status}`,
    )
  }

  /** After a round of deliveries in which nothing failed the shop knows every order as it stands. */
  #checkDelivered(): void {
    for (const { merchant_uid, state, sequence } of this.orders.values()) {
      const delivered = this.driver.merchant.rows.get(merchant_uid)
      if (sequence > 0 && (delivered?.status !== state.status || delivered.sequence !== sequence)) {
        failCheck(
          `${merchant_uid} is ${state.status}, the shop was told ${delivered?.status ?? 'nothing'}`,
        )
      }
    }
  }

  /** What a notice lets somebody read, if it is a payment of that order. */
  #observe(payment: LivePayment, merchantUid: MerchantUid): Observation | null {
    const spec = this.provider.orderSpecs.find((each) => each.merchant_uid === merchantUid)
    if (spec === undefined || !matches(payment, spec)) return null
    const { imp_uid, merchant_uid, issued, versions } = payment
    return { merchant_uid, imp_uid, issued, versions, since: versions.length - 1 }
  }
}

/** Whether the model lets money still come for an order. */
export function isOpen(status: OrderStatus | undefined): boolean {
  return status === 'pending' || status === 'vbank_issued' || status === 'failed'
}

function failCheck(message: string): never {
  throw new Error(message)
}
