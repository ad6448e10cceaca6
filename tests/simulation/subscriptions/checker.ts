import type { Books, LedgerCall, LedgerPayment } from './ledger.ts'

/** What the merchant did, and when the server had written it, in ms. */
export interface Commands {
  readonly cancelledAt: number | null
  readonly keys: ReadonlyMap<string, KeyTimes>
}

/** From when to when a key could be charged, in ms; `to` is null while it can. */
export interface KeyTimes {
  readonly from: number
  readonly to: number | null
  /** How often each attempt had been permitted to charge the key when it was given up; left out where nobody knows. */
  readonly permitted?: ReadonlyMap<string, number>
}

/** What is known of a subscription after everything came to rest. */
export interface Outcome {
  readonly startedAt: number
  readonly endedAt: number
  readonly status: string
  /** When its next step is due; null for nothing. */
  readonly dueAt: number | null
  /** Whether it was ever paused or its plan changed: then its dates are not those of its start. */
  readonly isRegular: boolean
}

/** How long a call may be on its way, and a process between its write and its call. */
const inFlightMs = 10 * 60_000

/** Returns what a subscription did wrong, by the ledger of the provider alone. */
export function check(ledger: Books, commands: Commands, outcome: Outcome): readonly string[] {
  return [
    ...checkPeriods(ledger, outcome),
    ...ledger.calls.flatMap((call) => checkCall(call, ledger, commands)),
    ...checkCancel(ledger, commands),
    ...checkDates(ledger, outcome),
    ...checkRest(outcome),
  ]
}

interface AttemptName {
  readonly period: number
  readonly attempt: number
}

function nameOf(merchantUid: string): AttemptName {
  const [attempt = '', period = ''] = merchantUid.split('-').toReversed()
  return { period: Number(period), attempt: Number(attempt) }
}

/** S1: of the payments of a period at most one is not refunded, and it has the price. */
function checkPeriods({ payments }: Books, { status }: Outcome): readonly string[] {
  const kept = payments.filter((payment) => payment.status === 'paid')
  const byPeriod = Map.groupBy(kept, ({ merchantUid }) => nameOf(merchantUid).period)
  const twice = [...byPeriod].filter(([, all]) => all.length > 1).map(([period]) => period)
  const last = Math.max(0, ...byPeriod.keys())
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter(
    (period) => !byPeriod.has(period),
  )
  return [
    ...twice.map((period) => `S1: period ${period} is paid twice`),
    // In a pause a period that was paid too late is refunded, and its number is charged again.
    ...missing.map((period) => `S2: period ${period} was left out (${status})`),
  ]
}

/** S3 to S5: when a call was made, what was known of the period and of the key allowed it. */
function checkCall(call: LedgerCall, ledger: Books, { keys }: Commands): readonly string[] {
  const { period, attempt } = nameOf(call.merchantUid)
  const earlier = ledger.calls
    .slice(0, ledger.calls.indexOf(call))
    .filter((each) => nameOf(each.merchantUid).period === period)
  const broken: string[] = []
  const isOpen = (each: LedgerCall): boolean =>
    each.isLost ? false : each.effectAt === null || each.effectAt > call.at
  const before = earlier.filter(({ merchantUid }) => nameOf(merchantUid).attempt < attempt)
  if (before.some((each) => !isKnownToFail(each, ledger.find(each.merchantUid), call.at))) {
    broken.push(
      `S3: ${call.merchantUid} was called before the outcome of an earlier attempt was known`,
    )
  }
  const same = earlier.filter(({ merchantUid }) => merchantUid === call.merchantUid)
  if (same.some((each) => isOpen(each) || call.at - each.at < inFlightMs)) {
    broken.push(
      `S4: ${call.merchantUid} was called again while the first call could still take effect`,
    )
  }
  const key = keys.get(call.billingKey)
  if (key === undefined || key.from > call.at || (key.to ?? call.at) + inFlightMs < call.at) {
    broken.push(`S5: ${call.merchantUid} charged ${call.billingKey}, which was not there`)
  }
  const sends = same.filter(({ billingKey }) => billingKey === call.billingKey).length + 1
  if (key?.permitted !== undefined && sends > (key.permitted.get(call.merchantUid) ?? 0)) {
    broken.push(`S5: ${call.merchantUid} charged ${call.billingKey}, which had been given up`)
  }
  return broken
}

/** An attempt failed if its payments had failed at that time, or its call was refused, or never arrived and was given up. */
function isKnownToFail(call: LedgerCall, payments: readonly LedgerPayment[], at: number): boolean {
  if (payments.length > 0) {
    return payments.every(({ failedAt }) => failedAt !== null && failedAt <= at)
  }
  if (call.isLost) return at - call.at >= inFlightMs
  return call.refusedAt !== null && call.refusedAt <= at
}

/** S6: money that came after the cancel is given back. */
function checkCancel({ payments }: Books, { cancelledAt }: Commands): readonly string[] {
  if (cancelledAt === null) return []
  return payments
    .filter(({ status, paidAt }) => status === 'paid' && (paidAt ?? 0) > cancelledAt)
    .map(({ merchantUid }) => `S6: ${merchantUid} was charged after the cancel`)
}

/** S7: no period is charged before its day, counted by the calendar of the runtime. */
function checkDates(
  { calls }: Books,
  { startedAt, endedAt, isRegular, status }: Outcome,
): readonly string[] {
  if (!isRegular) return []
  const due = dueDates(startedAt, endedAt)
  const early = calls
    .filter(({ at, merchantUid }) => at < (due[nameOf(merchantUid).period - 1] ?? Infinity))
    .map(({ merchantUid }) => `S7: ${merchantUid} was called before its period`)
  const last = Math.max(0, ...calls.map(({ merchantUid }) => nameOf(merchantUid).period))
  const isForgotten = status === 'active' && last < due.length
  return isForgotten ? [...early, `S8: ${due.length - last} periods were forgotten`] : early
}

/** Monthly on the day of the start, clipped to the month; from the second on at 10 in Seoul. */
function dueDates(startedAt: number, endedAt: number): readonly number[] {
  const start = new Date(startedAt + 9 * 3_600_000)
  const dates: number[] = [startedAt]
  for (let month = 1; ; month++) {
    const first = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1))
    const length = new Date(
      Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0),
    ).getUTCDate()
    const day = Math.min(start.getUTCDate(), length)
    const at = first.getTime() + (day - 1) * 86_400_000 + 3_600_000
    if (at > endedAt) return dates
    dates.push(at)
  }
}

/** S9: what goes on has a time at which it does, what is over has none. */
function checkRest({ status, dueAt, endedAt }: Outcome): readonly string[] {
  const isOver = status === 'cancelled' || status === 'ended'
  if (isOver && dueAt !== null) return [`S9: ${status}, and still due`]
  const isForgotten = !isOver && status !== 'paused' && dueAt === null
  return isForgotten || (dueAt !== null && dueAt <= endedAt)
    ? [`S9: ${status}, and nothing is done`]
    : []
}
