import { type Checkpoint, canary, type History } from '../../checkers/history.ts'
import { checkInvariants } from '../../checkers/invariants.ts'
import { toEventRow } from '../peers/event-receiver.ts'
import { isOfOrder, type OutboxRecord, type Rows } from './rows.ts'
import { type RunOutput, toHistory } from './to-history.ts'

/** Says which invariants a schedule of the worker broke; an empty list when none. */
export function checkWorkerInvariants(
  checkpoint: Checkpoint,
  rows: Rows,
  output: RunOutput,
): readonly string[] {
  const history = toHistory(rows, output)
  const undelivered = rows.outbox.filter((row) => row.delivered_at === null)
  // What is told of no order is not urgent, and waits for a sweep of its own.
  if (checkpoint === 'minutes')
    return checkMinutes(history, undelivered.filter(isOfOrder), output.clock.ms)
  return [
    ...checkInvariants(history, 'day'),
    ...undelivered.map(({ id }) => `I4 ${id} was never delivered`),
    ...checkDelivered(rows, output),
    ...checkRefunds(rows, output),
    ...checkUnfinished(rows, output),
    ...checkSecrets(rows, output),
    ...checkUnexpected(output.logLines),
  ]
}

/**
 * I4: two periods of cron after the faults, what was paid is paid, and told. An event that the shop failed to
 * take three times may wait two minutes and more for its next try, and so may what it tells.
 */
function checkMinutes(
  history: History,
  undelivered: readonly OutboxRecord[],
  nowMs: number,
): string[] {
  const isExcused = ({ tries, due_at }: OutboxRecord): boolean =>
    tries >= 3 && due_at !== null && due_at > nowMs
  const waiting = new Set(undelivered.filter(isExcused).map((row) => row.merchant_uid))
  const merchant = history.orders.map(({ merchant_uid, status, sequence }) => {
    const row = history.merchant.find((each) => each.merchant_uid === merchant_uid)
    const isPaid = status === 'paid' || status === 'partially_cancelled'
    const fulfilled = isPaid && waiting.has(merchant_uid) ? 1 : (row?.fulfilled ?? 0)
    return { merchant_uid, status: row?.status ?? status, sequence, fulfilled }
  })
  return [
    ...checkInvariants({ ...history, merchant }, 'minutes'),
    ...undelivered
      .filter((row) => !isExcused(row))
      .map(({ id }) => `I4 ${id} was not delivered in time`),
  ]
}

/** What the shop was told is what was written, signed, each event at least once. */
function checkDelivered({ outbox }: Rows, { receiver }: RunOutput): string[] {
  const violations = receiver.unverified.map((id) => `I12 the shop could not verify ${id}`)
  for (const row of outbox) {
    const deliveries = isOfOrder(row)
      ? receiver.deliveredEvents.filter((each) => each.id === row.id)
      : []
    const wasDelivered = deliveries.length > 0 || receiver.issueEvents.includes(row.id)
    if (!wasDelivered) violations.push(`I4 the shop was never told ${row.id}`)
    const isSame = deliveries.every((delivered) => {
      const written = toEventRow(row.id, row.kind, JSON.parse(row.payload), delivered.at)
      return JSON.stringify(delivered) === JSON.stringify(written)
    })
    if (!isSame) violations.push(`I14 the shop was told otherwise than ${row.id} says`)
  }
  return violations
}

/** I5: nothing is given back that nobody asked back, and what an answer said was given back is. */
function checkRefunds({ orders }: Rows, { responseLog, provider }: RunOutput): string[] {
  const violations: string[] = []
  for (const { imp_uid, merchant_uid, partialRefunds } of provider.payments) {
    const asked = responseLog.partialRefundRequests.get(merchant_uid) ?? 0
    if (partialRefunds > asked)
      violations.push(`I5 ${imp_uid} gave ${partialRefunds} parts back, ${asked} were asked`)
  }
  for (const [merchant_uid, amount] of responseLog.cancelledAmounts) {
    const order = orders.find((each) => each.merchant_uid === merchant_uid)
    const scale = order?.currency === 'USD' ? 100 : 1
    if (order === undefined || order.cancelled < Math.round(amount * scale)) {
      violations.push(`I10 ${merchant_uid}: a cancel was answered and is not there`)
    }
  }
  return violations
}

/** I15: nothing that was begun stays open; I5: what a policy promised to give back is given back. */
function checkUnfinished(
  { cancels, revocations, exceptions }: Rows,
  { workload }: RunOutput,
): string[] {
  const violations: string[] = []
  for (const { imp_uid, state, due_at } of [...cancels, ...revocations]) {
    if (due_at !== null) violations.push(`I15 what was asked of ${imp_uid} stays ${state}`)
  }
  for (const { id, imp_uid, policy, outcome, due_at, closed_at } of exceptions) {
    if (due_at !== null) violations.push(`I15 the exception ${id} stays ${outcome ?? 'untried'}`)
    const payment = workload.payments.find((each) => each.imp_uid === imp_uid)
    const isAccount = payment?.records[0]?.['pay_method'] === 'vbank'
    if (policy === 'refund' && closed_at === null && !isAccount) {
      violations.push(`I5 the exception ${id} was to be given back: ${outcome ?? 'untried'}`)
    }
  }
  return violations
}

/** I12: what is secret, or a buyer's, comes out nowhere. */
function checkSecrets(
  rows: Rows,
  { responseLog, logLines, queueMessages, receiver }: RunOutput,
): string[] {
  const places: Readonly<Record<string, string>> = {
    answers: responseLog.bodies.join('\n'),
    rows: JSON.stringify(rows),
    lines: logLines.join('\n'),
    messages: queueMessages,
    events: receiver.bodies.join('\n'),
  }
  return Object.entries(places)
    .filter(([, text]) => text.includes(canary))
    .map(([place]) => `I12 a secret is in the ${place}`)
}

const unexpectedLogEvents = [
  '"internal"',
  '"job_failed"',
  '"recovery_failed"',
  '"configuration"',
  '"sql"',
]

/** I15: nothing is thrown that nobody expected. */
function checkUnexpected(logLines: readonly string[]): string[] {
  return logLines
    .filter((line) => unexpectedLogEvents.some((event) => line.includes(`"event":${event}`)))
    .map((line) => `I15 ${line.slice(0, 400)}`)
}
