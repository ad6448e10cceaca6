import {
  type Checkpoint,
  type EventRow,
  type History,
  isOpen,
  isPaid,
  isTooOld,
  latestVersion,
  type MerchantRow,
  matches,
  type OrderRow,
  rank,
  versionAt,
} from './history.ts'

/** I1, I14: paid once, one row a change, and the rows replay to the state. */
export function checkEvents(
  order: OrderRow,
  events: readonly EventRow[],
  violations: string[],
): void {
  const { merchant_uid, sequence, status } = order
  if (events.filter((each) => each.kind === 'paid').length > 1) {
    violations.push(`I1 ${merchant_uid} became paid more than once`)
  }
  const isContiguous = events.every((each, at) => each.sequence === at + 1)
  if (!isContiguous || events.length !== sequence) {
    violations.push(`I14 ${merchant_uid} has ${events.length} events for sequence ${sequence}`)
  }
  const last = events.at(-1)
  const replayed = last?.status ?? 'pending'
  if (replayed !== status || (last !== undefined && last.imp_uid !== order.imp_uid)) {
    violations.push(`I14 ${merchant_uid} is ${status}, its events give ${replayed}`)
  }
}

/** I2, I6, I7: every change was true at the provider before it was recorded, and none goes back. */
export function checkJustified(
  order: OrderRow,
  events: readonly EventRow[],
  history: History,
  violations: string[],
): void {
  const { merchant_uid } = order
  let before: EventRow | null = null
  for (const event of events) {
    if (event.status !== (before?.status ?? 'pending') && event.status !== 'expired') {
      const payment = history.payments.find((each) => each.imp_uid === event.imp_uid)
      const spec = history.orderSpecs.find((each) => each.merchant_uid === merchant_uid)
      const version = payment?.versions.find(
        (each) =>
          each.status === event.status && each.cancelled === event.cancelled && each.at <= event.at,
      )
      if (payment === undefined || spec === undefined || version === undefined) {
        violations.push(
          `I7 ${merchant_uid} became ${event.status}, which ${event.imp_uid} never was`,
        )
      } else if (!matches(payment, spec) || isTooOld(version, spec)) {
        violations.push(
          `I2 ${merchant_uid} became ${event.status} by ${event.imp_uid}, not its payment`,
        )
      }
    }
    if (before !== null && rank(event) < rank(before) && before.imp_uid === event.imp_uid) {
      violations.push(`I6 ${merchant_uid} went from ${before.status} back to ${event.status}`)
    }
    before = event
  }
}

/** I16: each account of an order is followed on its own, and the order waits for the last of them and a grace period. */
export function checkAccounts(
  order: OrderRow,
  events: readonly EventRow[],
  history: History,
  violations: string[],
): void {
  const { merchant_uid } = order
  const statusAt = (id: string, step: number) => {
    const payment = history.payments.find((each) => each.imp_uid === id)
    return payment && versionAt(payment, step)?.status
  }
  let before: EventRow | null = null
  for (const event of events) {
    for (const id of event.accounts) {
      const payment = history.payments.find((each) => each.imp_uid === id)
      const wasIssued = payment?.versions.some(
        ({ status, at }) => status === 'vbank_issued' && at <= event.at,
      )
      if (wasIssued !== true) violations.push(`I16 ${merchant_uid} waits for ${id}, no account`)
    }
    for (const id of before?.accounts ?? []) {
      const isStillOpen = statusAt(id, event.at) === 'vbank_issued'
      if (event.status === 'vbank_issued' && isStillOpen && !event.accounts.includes(id)) {
        violations.push(`I16 ${merchant_uid} forgot the account of ${id}`)
      }
      if (event.kind === 'expired' && event.imp_uid !== null && isStillOpen) {
        const dueAt = history.payments.find((each) => each.imp_uid === id)?.dueAt ?? 0
        if (dueAt + history.graceMs >= event.ms) {
          violations.push(`I16 ${merchant_uid} expired before the account of ${id} did`)
        }
      }
    }
    if (before?.status === 'expired' && isPaid(event.status)) {
      checkAcceptedLate(event, history, violations)
    }
    before = event
  }
}

/** I16: an expired order is paid by money that came in time, or where the merchant accepts it late. */
function checkAcceptedLate(event: EventRow, history: History, violations: string[]): void {
  const { merchant_uid, imp_uid } = event
  const spec = history.orderSpecs.find((each) => each.merchant_uid === merchant_uid)
  const payments = history.payments.filter((each) => each.merchant_uid === merchant_uid)
  const lastDueAt = Math.max(...payments.map(({ dueAt }) => dueAt ?? 0))
  const paid = payments
    .find((each) => each.imp_uid === imp_uid)
    ?.versions.find((each) => isPaid(each.status))
  if (spec?.acceptsLate !== true && (paid === undefined || paid.madeAt > lastDueAt)) {
    violations.push(`I16 ${merchant_uid} was paid too late by ${imp_uid}`)
  }
}

/** I1, I2, I4: the merchant fulfilled what was paid, and once. */
export function checkFulfilled(order: OrderRow, history: History, violations: string[]): void {
  const { merchant_uid, status } = order
  const fulfilled = merchantRow(order, history)?.fulfilled ?? 0
  if (fulfilled > 1) violations.push(`I1 ${merchant_uid} was fulfilled ${fulfilled} times`)
  if (fulfilled === 0 && isPaid(status)) {
    violations.push(`I4 ${merchant_uid} is ${status} and was not fulfilled`)
  }
  const mayFulfil = history.events.some(
    (each) => each.merchant_uid === merchant_uid && isPaid(each.status),
  )
  if (fulfilled > 0 && !mayFulfil)
    violations.push(`I2 ${merchant_uid} was fulfilled and never paid`)
}

/** I9: in whatever order events arrived, the merchant has the latest state of the order. */
export function checkMerchant(order: OrderRow, history: History, violations: string[]): void {
  const { merchant_uid, status, sequence } = order
  const row = merchantRow(order, history)
  if (sequence > 0 && (row?.status !== status || row.sequence !== sequence)) {
    violations.push(`I9 ${merchant_uid} is ${status}, the merchant has ${row?.status ?? 'nothing'}`)
  }
}

function merchantRow(order: OrderRow, history: History): MerchantRow | undefined {
  return history.merchant.find((each) => each.merchant_uid === order.merchant_uid)
}

/** I4, I6: the order has the latest state of its payment. */
export function checkCaughtUp(
  order: OrderRow,
  history: History,
  checkpoint: Checkpoint,
  violations: string[],
): void {
  const { merchant_uid, status, imp_uid } = order
  const spec = history.orderSpecs.find((each) => each.merchant_uid === merchant_uid)
  const paid = history.payments.find((each) => {
    const latest = latestVersion(each)
    const isPayment = spec !== undefined && matches(each, spec) && latest?.status === 'paid'
    return isPayment && !isTooOld(latest, spec)
  })
  if (isOpen(status) && paid !== undefined) {
    violations.push(`I4 ${merchant_uid} is ${status} though ${paid.imp_uid} is paid`)
  }
  const own = history.payments.find((each) => each.imp_uid === imp_uid)
  const now = own === undefined ? undefined : latestVersion(own)
  const isSame = now?.status === status && now.cancelled === order.cancelled
  if (
    now !== undefined &&
    status !== 'expired' &&
    !isSame &&
    (isOpen(status) || checkpoint === 'day')
  ) {
    violations.push(`I6 ${merchant_uid} is ${status}, ${imp_uid} is ${now.status}`)
  }
}
