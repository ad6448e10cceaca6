import { isOpen, isPaid, isTooOld, type OrderStatus } from '../checkers/history.ts'
import type { NoticeResponse } from '../systems/system.ts'
import type { Driver, HandledNotice } from './driver.ts'
import {
  applyUpdate,
  isSameState,
  type Observation,
  type PaymentUpdate,
  type TrackedOrder,
  updateOf,
} from './model.ts'
import type { ProviderState } from './provider-state.ts'

/** What the checks compare: the provider, the product, and the model of each order. */
export interface ModelState {
  readonly provider: ProviderState
  readonly driver: Driver
  readonly orders: ReadonlyMap<string, TrackedOrder>
}

/** The status in the callback's response for an order of a status. */
const shownStatus = (status: OrderStatus): OrderStatus => (status === 'expired' ? 'failed' : status)
/** The statuses with a result page of their own; the other pages stand for several. */
const pageStatuses: readonly OrderStatus[] = ['paid', 'vbank_issued', 'pending']

/** The response to a notice must agree with the order as it is then. */
export function checkResponse(
  state: ModelState,
  handled: HandledNotice,
  response: NoticeResponse,
): void {
  checkKept(state, handled, response)
  const { notice, observation, task, wasHeld } = handled
  const { code, status } = response
  if (task.faults > 0 || wasHeld) return
  const about = `${notice.channel} of ${notice.impUid} for ${notice.merchantUid}`
  const order = state.orders.get(notice.merchantUid)
  const exists = state.provider.payments.some(({ impUid }) => impUid === notice.impUid)
  const resend = order === undefined || !exists
  if (notice.channel === 'webhook') {
    if (code !== (resend ? 503 : 200)) failCheck(`${about}: responded ${code}`)
    return
  }
  const fallback = order === undefined || exists ? 'forgery' : 'pending'
  const known =
    order === undefined || observation === null ? fallback : statusFor(order, observation)
  const expected = known === 'failed' && hasMoney(state, notice.merchantUid) ? 'pending' : known
  const isUnclear = notice.channel === 'redirect' && !pageStatuses.some((each) => each === expected)
  // A redirect tells a forgery from nothing: the buyer waits, and is not asked to pay again.
  const isKeptBack = isUnclear && expected === 'forgery' && status === 'pending'
  if (status !== expected && !isKeptBack && !(isUnclear && status === null))
    failCheck(`${about}: responded ${status}, not ${expected}`)
}

/** The status for the buyer of a payment: money for a closed order waits, and so does a payment without a result. */
function statusFor({ state, acceptsLatePayment }: TrackedOrder, seen: Observation): OrderStatus {
  const shown = shownStatus(state.status)
  const sent = seen.versions.at(-1)
  if (sent === undefined) return shown
  const update = updateOf(seen, sent)
  const isLate = applyUpdate(state, update, acceptsLatePayment) === 'late_paid'
  return isLate || (shown === 'failed' && update.status === 'pending') ? 'pending' : shown
}

/** Whether somebody paid under the id of an order, be it another amount: its buyer is not asked to pay again. */
function hasMoney({ provider }: ModelState, merchantUid: string): boolean {
  const spec = provider.orderSpecs.find((each) => each.merchant_uid === merchantUid)
  return provider.payments.some(({ merchant_uid, sandbox, versions }) => {
    const now = versions.at(-1)
    if (merchant_uid !== merchantUid || spec === undefined || now?.status !== 'paid') return false
    return !sandbox && !isTooOld(now, spec)
  })
}

/** What a response acknowledges must be kept. */
function checkKept(
  state: ModelState,
  { notice, observation, wasHeld }: HandledNotice,
  { code, status }: NoticeResponse,
): void {
  const order = state.orders.get(notice.merchantUid)
  const sent = observation?.versions[observation.since]
  const isKept = notice.channel === 'webhook' ? code < 300 : status !== null && status !== 'pending'
  if (!isKept || order === undefined || observation === null || sent === undefined) return
  const update = updateOf(observation, sent)
  // An account, or its end, changes nothing while the order has another one; if that other one ended before the
  // response, the next sweep finds out.
  const isMoneyless = update.status === 'vbank_issued' || update.status === 'failed'
  if (!(wasHeld && isMoneyless)) checkKnown(state, order, observation, update, notice.claimedStatus)
}

/** After a sweep without a fault an order misses nothing about money, or about its own payment. */
export function checkSwept(
  state: ModelState,
  order: TrackedOrder,
  payments: readonly Observation[],
): void {
  for (const observation of payments) {
    const now = observation.versions.at(-1)
    if (observation.merchant_uid !== order.merchant_uid || now === undefined) continue
    const isOwn = observation.imp_uid === order.state.imp_uid
    if (isOwn || isPaid(now.status))
      checkKnown(state, order, observation, updateOf(observation, now), 'cancelled')
  }
}

/** An update that is kept must be in the order, or beside it where it does not change the order. */
function checkKnown(
  { driver }: ModelState,
  { merchant_uid, state, acceptsLatePayment }: TrackedOrder,
  observation: Observation,
  update: PaymentUpdate,
  claimed: string | null,
): void {
  const transition = applyUpdate(state, update, acceptsLatePayment)
  const isOwn = state.imp_uid === update.imp_uid
  // Of another payment that has failed or was refunded meanwhile there is nothing to keep.
  const end = observation.versions.at(-1)?.status
  const isOver = !isOwn && (end === 'cancelled' || end === 'failed')
  if (isSameState(transition, state) || isOver) return
  if (typeof transition === 'string') {
    const isRecorded = driver.database.attempts.some(
      (each) =>
        each.imp_uid === update.imp_uid &&
        each.merchant_uid === merchant_uid &&
        (each.outcome !== 'accepted' || each.previous !== null),
    )
    if (!isRecorded)
      failCheck(`${merchant_uid}: ${update.imp_uid} is ${transition}, and it is not recorded`)
    return
  }
  // A paid order needs no lookup for one more notice, unless that one claims a cancel.
  const isSettled = isOwn && isPaid(state.status)
  if (isSettled && claimed !== 'cancelled') return
  failCheck(
    `${merchant_uid} is ${state.status} and did not apply ${update.imp_uid} being ${update.status}`,
  )
}

/** After deliveries without a fault the merchant has every order as it is. */
export function checkDelivered({ driver, orders }: ModelState): void {
  for (const { merchant_uid, state, sequence } of orders.values()) {
    const delivered = driver.merchant.rows.get(merchant_uid)
    if (sequence > 0 && (delivered?.status !== state.status || delivered.sequence !== sequence)) {
      failCheck(
        `${merchant_uid} is ${state.status}, the merchant received ${delivered?.status ?? 'nothing'}`,
      )
    }
  }
}

/** The merchant fulfils an order once, and has no event that the order does not have. */
export function checkMerchant({ driver, orders }: ModelState): void {
  for (const delivered of driver.merchant.rows.values()) {
    const order = orders.get(delivered.merchant_uid)
    if (delivered.fulfilled > 1) failCheck(`${delivered.merchant_uid} was fulfilled twice`)
    if (order === undefined || delivered.sequence > order.sequence)
      failCheck(`${delivered.merchant_uid} was delivered ahead of its order`)
  }
}

/** The response to a confirm request must be what the order and the amount require. */
export function checkConfirm(
  { orders }: ModelState,
  merchantUid: string,
  amount: { readonly asked: number; readonly expected: number },
  { code, faults }: { readonly code: number | null; readonly faults: number },
): void {
  const status = orders.get(merchantUid)?.state.status
  const expected = isOpen(status) && amount.asked === amount.expected ? 200 : 409
  if (code === 200 && expected !== 200)
    failCheck(`confirmed ${amount.asked} for ${merchantUid}, which is ${status}`)
  if (faults === 0 && code !== expected) failCheck(`confirm responded ${code}, not ${expected}`)
}

export function failCheck(message: string): never {
  throw new Error(message)
}
