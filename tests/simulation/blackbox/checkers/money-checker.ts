import type { Booked, Evidence, Exempt, Operation } from './http-history.ts'
import type { Tale } from './order-checker.ts'

// The provider's books against the deployment's: no money without a reason, no reason without money.

const paidOnce = ['paid', 'partially_cancelled', 'cancelled']

/** Says where an order and the payments of its id do not add up. */
export function judgeMoney(tale: Tale, seen: Evidence): readonly string[] {
  const { merchant_uid } = tale.order
  const payments = seen.booked.filter((each) => each.merchant_uid === merchant_uid && wasPaid(each))
  const exempt = seen.exempt.filter((each) => each.merchant_uid === merchant_uid)
  return [
    ...judgeTruth(tale, seen),
    ...judgeSum(tale, payments, exempt),
    ...payments.flatMap((each) => judgeRefunds(each, tale, exempt, seen)),
    ...judgeRepair(tale, payments),
    ...exempt.flatMap((each) => judgeNews(each, tale, seen)),
    ...judgeAccounts(tale, seen),
  ].map((each) => `${merchant_uid} ${each}`)
}

/** I2: whatever is called paid was paid before, by a payment of just this order and amount. */
function judgeTruth({ order, steps }: Tale, { booked, operations }: Evidence): readonly string[] {
  return steps.flatMap(({ status, imp_uid, at, cancelled, step }) => {
    // An unpaid order that was closed may name the account that nobody paid into.
    const isClosed = status === 'cancelled' && cancelled === 0
    if (!paidOnce.includes(status) || imp_uid === null || isClosed) return []
    const payment = booked.find((each) => each.imp_uid === imp_uid)
    const isTrue =
      payment !== undefined &&
      wasPaid(payment) &&
      payment.merchant_uid === order.merchant_uid &&
      payment.amount === order.amount &&
      payment.currency === order.currency &&
      payment.cancel_amount >= cancelled
    if (!isTrue) return [`is ${status} by ${imp_uid}, of which the provider knows nothing such`]
    const deeds = operations.filter((each) => each.imp_uid === imp_uid && each.deed === 'pay')
    const isEarly = deeds.length > 0 && deeds.every(({ from }) => from > at)
    return isEarly ? [`was ${status} (${step}) before ${imp_uid} was paid`] : []
  })
}

/** I5: Σ paid − given back at the provider = the order + its exceptions, per currency. */
function judgeSum(
  { order, final }: Tale,
  payments: readonly Booked[],
  exempt: readonly Exempt[],
): readonly string[] {
  const isPaid = final?.status === 'paid' || final?.status === 'partially_cancelled'
  const own = isPaid ? toCents(order.amount) - toCents(final.cancelled) : 0
  const currencies = new Set([...payments, order].map(({ currency }) => currency))
  return [...currencies].flatMap((currency) => {
    const there = payments
      .filter((each) => each.currency === currency)
      .reduce((sum, each) => sum + toNet(each), 0)
    const put = exempt
      .filter((each) => each.currency === currency && each.outcome !== 'accepted')
      .reduce((sum, each) => {
        const payment = payments.find(({ imp_uid }) => imp_uid === each.imp_uid)
        return sum + toCents(each.amount) - toCents(payment?.cancel_amount ?? 0)
      }, 0)
    const here = (currency === order.currency ? own : 0) + put
    return there === here
      ? []
      : [`the provider holds ${there} ${currency} of it, order and exceptions say ${here}`]
  })
}

/** Money goes back only where somebody asked, or where the policy of the order says so. */
function judgeRefunds(
  payment: Booked,
  { order }: Tale,
  exempt: readonly Exempt[],
  seen: Evidence,
): readonly string[] {
  const { imp_uid, cancel_amount } = payment
  const isStray = exempt.some((each) => each.imp_uid === imp_uid)
  if (isStray && order.stray === 'refund') {
    // The bank cannot send it back by itself, and what was held up waits for its next try.
    const isDue = payment.pay_method !== 'vbank' && seen.troubles.length === 0
    return isDue && toNet(payment) > 0 ? [`${imp_uid} should have been given back by policy`] : []
  }
  const asked = seen.operations
    .filter((each) => isRequest(each, payment))
    .reduce((sum, { claim }) => sum + (typeof claim === 'number' ? toCents(claim) : Infinity), 0)
  return toCents(cancel_amount) > asked ? [`${cancel_amount} of ${imp_uid} went back unasked`] : []
}

function isRequest({ deed, imp_uid, merchant_uid }: Operation, payment: Booked): boolean {
  return deed === 'console_cancel' || deed === 'give_back'
    ? imp_uid === payment.imp_uid
    : deed === 'cancel' && merchant_uid === payment.merchant_uid
}

/** Money that no order explains is told of: by its order's own event, or by one of its own. */
function judgeNews(
  { id, kind, imp_uid, outcome }: Exempt,
  { order }: Tale,
  { told, operations }: Evidence,
): readonly string[] {
  const events = told.map(({ text }) => JSON.parse(text))
  const own = events.filter(
    ({ type, data }) => type === 'payment.exception' && data.exception.id === id,
  )
  const isTold =
    own.length > 0 ||
    events.some(
      ({ type, data }) => type === `order.${kind}` && data.stray_payment.imp_uid === imp_uid,
    )
  const isAsked = operations.some((each) => each.deed === 'give_back' && each.imp_uid === imp_uid)
  const isByPolicy = outcome === 'given_back' && order.stray === 'refund' && !isAsked
  const isEndTold = own.some(({ data }) => data.exception.outcome === outcome)
  return [
    ...(isTold ? [] : [`exception ${id} was told to nobody`]),
    ...(isByPolicy && !isEndTold ? [`the end of exception ${id} was told to nobody`] : []),
  ]
}

/** An account of an order that was closed unpaid takes no more money. */
function judgeAccounts({ order, final }: Tale, { booked, troubles }: Evidence): readonly string[] {
  if (final?.status !== 'cancelled' || final.cancelled > 0 || troubles.length > 0) return []
  return booked
    .filter((each) => each.merchant_uid === order.merchant_uid && each.pay_method === 'vbank')
    .filter(({ status }) => status === 'ready')
    .map(({ imp_uid }) => `is closed, and ${imp_uid} can still be paid into`)
}

/** I4: when all is quiet again, an order that could be paid and was paid is paid, to what is left of it. */
function judgeRepair({ order, final }: Tale, payments: readonly Booked[]): readonly string[] {
  if (final === null) return ['was never read']
  const honest = payments.filter(
    ({ amount, currency }) => amount === order.amount && currency === order.currency,
  )
  const isOpen = ['pending', 'vbank_issued', 'failed'].includes(final.status)
  const lost = honest.find((each) => toNet(each) > 0)
  if (isOpen && lost !== undefined) return [`is ${final.status}, and ${lost.imp_uid} is paid`]
  const own = payments.find(({ imp_uid }) => imp_uid === final.imp_uid)
  if (own === undefined || final.status === 'expired') return []
  return own.cancel_amount === final.cancelled
    ? []
    : [`has ${final.cancelled} given back, at the provider it is ${own.cancel_amount}`]
}

function wasPaid({ paid_at }: Booked): boolean {
  return paid_at > 0
}

function toNet({ amount, cancel_amount }: Booked): number {
  return toCents(amount) - toCents(cancel_amount)
}

/** Amounts with two digits behind the point do not add up as they are. */
function toCents(amount: number): number {
  return Math.round(amount * 100)
}
