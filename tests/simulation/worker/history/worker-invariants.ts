import {
  type Checkpoint,
  canary,
  type History,
  isPaid,
  latestVersion,
} from '../../checkers/history.ts'
import { checkInvariants } from '../../checkers/invariants.ts'
import { toEventRow } from '../peers/event-receiver.ts'
import { isOfOrder, type OutboxRecord, type Rows } from './rows.ts'
import { type RunOutput, toHistory } from './to-history.ts'

/** Finds the invariants that a schedule of the worker broke; an empty list when none. */
export function checkWorkerInvariants(
  checkpoint: Checkpoint,
  rows: Rows,
  output: RunOutput,
): readonly string[] {
  const history = toHistory(rows, output)
  const undelivered = rows.outbox.filter((row) => row.delivered_at === null)
  // An event without an order is sent by a sweep of its own, later.
  if (checkpoint === 'minutes')
    return checkMinutes(history, undelivered.filter(isOfOrder), output.clock.ms)
  return [
    ...checkInvariants(history, 'day'),
    ...undelivered.map(({ id }) => `I4 ${id} was never delivered`),
    ...checkDelivered(rows, output),
    ...checkRefunds(rows, output),
    ...checkUnfinished(rows, output),
    ...checkReported(rows, history),
    ...checkSecrets(rows, output),
    ...checkUnexpected(output.logLines),
  ]
}

/**
 * I4: two minutes of cron after the faults, what was paid is paid and reported. An event that the merchant refused
 * three times may wait two minutes and more for its next try, and so may its effect.
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
    const fulfilled = isPaid(status) && waiting.has(merchant_uid) ? 1 : (row?.fulfilled ?? 0)
    return { merchant_uid, status: row?.status ?? status, sequence, fulfilled }
  })
  return [
    ...checkInvariants({ ...history, merchant }, 'minutes'),
    ...undelivered
      .filter((row) => !isExcused(row))
      .map(({ id }) => `I4 ${id} was not delivered in time`),
  ]
}

/** The merchant received every event that was recorded, signed and unchanged. */
function checkDelivered({ outbox }: Rows, { receiver }: RunOutput): string[] {
  const violations = receiver.unverified.map((id) => `I12 the merchant could not verify ${id}`)
  for (const row of outbox) {
    const deliveries = isOfOrder(row)
      ? receiver.deliveredEvents.filter((each) => each.id === row.id)
      : []
    const wasDelivered = deliveries.length > 0 || receiver.issueEvents.includes(row.id)
    if (!wasDelivered) violations.push(`I4 the merchant never received ${row.id}`)
    const isSame = deliveries.every((delivered) => {
      const { id, kind, payload, created_at } = row
      const facts = JSON.parse(payload)
      const written = toEventRow({ id, kind, facts, at: delivered.at, ms: created_at })
      return JSON.stringify(delivered) === JSON.stringify(written)
    })
    if (!isSame) violations.push(`I14 the merchant received something else than ${row.id}`)
  }
  return violations
}

/** I5: only requested refunds are made; I10: a refund that a response reported was made. */
function checkRefunds({ orders }: Rows, { responseLog, provider }: RunOutput): string[] {
  const violations: string[] = []
  for (const { imp_uid, merchant_uid, partialRefunds } of provider.payments) {
    const asked = responseLog.partialRefundRequests.get(merchant_uid) ?? 0
    if (partialRefunds > asked)
      violations.push(
        `I5 ${imp_uid} has ${partialRefunds} partial refunds, ${asked} were requested`,
      )
  }
  for (const [merchant_uid, amount] of responseLog.cancelledAmounts) {
    const order = orders.find((each) => each.merchant_uid === merchant_uid)
    const scale = order?.currency === 'USD' ? 100 : 1
    if (order === undefined || order.cancelled < Math.round(amount * scale)) {
      violations.push(`I10 ${merchant_uid}: a response reported a cancel that was not made`)
    }
  }
  return violations
}

/** I15: no cancel, revocation or issue stays open; I5: what a policy refunds is refunded. */
function checkUnfinished(
  { cancels, revocations, reconciliation_issues }: Rows,
  { workload }: RunOutput,
): string[] {
  const violations: string[] = []
  for (const { imp_uid, state, due_at } of [...cancels, ...revocations]) {
    if (due_at !== null) violations.push(`I15 the operation on ${imp_uid} stays ${state}`)
  }
  for (const { id, imp_uid, policy, outcome, due_at, closed_at } of reconciliation_issues) {
    if (due_at !== null) violations.push(`I15 issue ${id} stays ${outcome ?? 'untried'}`)
    const payment = workload.payments.find((each) => each.imp_uid === imp_uid)
    if (policy === 'refund' && closed_at === null && payment?.plan.isAccount !== true) {
      violations.push(`I5 issue ${id} was to be refunded: ${outcome ?? 'untried'}`)
    }
  }
  return violations
}

/** I5: refused money is an issue; the PG of a workload only displays the amount of a billing key's issue. */
function checkReported({ attempts, reconciliation_issues }: Rows, { payments }: History): string[] {
  const violations: string[] = []
  for (const { imp_uid, merchant_uid, verdict } of attempts) {
    const payment = payments.find((each) => each.imp_uid === imp_uid)
    const isMoney = payment !== undefined && isPaid(latestVersion(payment)?.status ?? null)
    if (verdict !== 'refused' || !isMoney || payment.merchant_uid !== merchant_uid) continue
    const issue = reconciliation_issues.find(({ id }) => id === `mismatch_paid:${imp_uid}`)
    if (payment.sandbox !== (issue === undefined)) {
      violations.push(`I5 ${imp_uid} was refused: ${issue === undefined ? 'no' : 'an'} issue`)
    }
    if (payment.isKeyIssue && issue?.policy === 'refund') {
      violations.push(`I5 ${imp_uid} is perhaps no money, and is to be refunded`)
    }
  }
  return violations
}

/** I12: no secret and no personal data of a buyer leaks. */
function checkSecrets(
  rows: Rows,
  { responseLog, logLines, queueMessages, receiver }: RunOutput,
): string[] {
  const places: Readonly<Record<string, string>> = {
    responses: responseLog.bodies.join('\n'),
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

/** I15: no unexpected error is logged. */
function checkUnexpected(logLines: readonly string[]): string[] {
  return logLines
    .filter((line) => unexpectedLogEvents.some((event) => line.includes(`"event":${event}`)))
    .map((line) => `I15 ${line.slice(0, 400)}`)
}
