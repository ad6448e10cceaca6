import { canary, type Evidence, type Stage } from '../../checkers/history.ts'
import { judgeSchedule } from '../../checkers/invariants.ts'
import { toEventRow } from '../peers/event-receiver.ts'
import { isOfOrder, type OutboxRecord, type Rows } from './rows.ts'
import { gather, type Remains } from './to-history.ts'

/** Says which invariants a schedule of the worker broke; an empty list when none. */
export function judgeWorker(stage: Stage, rows: Rows, remains: Remains): readonly string[] {
  const evidence = gather(rows, remains)
  const late = rows.outbox.filter((row) => row.delivered_at === null)
  // What is told of no order is not urgent, and waits for a sweep of its own.
  if (stage === 'minutes') return judgeMinutes(evidence, late.filter(isOfOrder), remains.clock.ms)
  return [
    ...judgeSchedule(evidence, 'day'),
    ...late.map(({ id }) => `I4 ${id} was never delivered`),
    ...checkTold(rows, remains),
    ...checkRefunds(rows, remains),
    ...checkEndings(rows, remains),
    ...checkSecrets(rows, remains),
    ...checkSurprises(remains.lines),
  ]
}

/**
 * I4: two periods of cron after the faults, what was paid is paid, and told. An event that the shop failed to
 * take three times may wait two minutes and more for its next try, and so may what it tells.
 */
function judgeMinutes(evidence: Evidence, late: readonly OutboxRecord[], nowMs: number): string[] {
  const isExcused = ({ tries, due_at }: OutboxRecord): boolean =>
    tries >= 3 && due_at !== null && due_at > nowMs
  const waiting = new Set(late.filter(isExcused).map((row) => row.merchant_uid))
  const shop = evidence.orders.map(({ merchant_uid, status, sequence }) => {
    const row = evidence.shop.find((each) => each.merchant_uid === merchant_uid)
    const isPaid = status === 'paid' || status === 'partially_cancelled'
    const fulfilled = isPaid && waiting.has(merchant_uid) ? 1 : (row?.fulfilled ?? 0)
    return { merchant_uid, status: row?.status ?? status, sequence, fulfilled }
  })
  return [
    ...judgeSchedule({ ...evidence, shop }, 'minutes'),
    ...late.filter((row) => !isExcused(row)).map(({ id }) => `I4 ${id} was not delivered in time`),
  ]
}

/** What the shop was told is what was written, signed, each event at least once. */
function checkTold({ outbox }: Rows, { receiver }: Remains): string[] {
  const broken = receiver.refused.map((id) => `I12 the shop could not verify ${id}`)
  for (const row of outbox) {
    const tellings = isOfOrder(row) ? receiver.told.filter((each) => each.id === row.id) : []
    const isTold = tellings.length > 0 || receiver.exceptions.includes(row.id)
    if (!isTold) broken.push(`I4 the shop was never told ${row.id}`)
    const isSame = tellings.every((told) => {
      const written = toEventRow(row.id, row.kind, JSON.parse(row.payload), told.at)
      return JSON.stringify(told) === JSON.stringify(written)
    })
    if (!isSame) broken.push(`I14 the shop was told otherwise than ${row.id} says`)
  }
  return broken
}

/** I5: nothing is given back that nobody asked back, and what an answer said was given back is. */
function checkRefunds({ orders }: Rows, { given, provider }: Remains): string[] {
  const broken: string[] = []
  for (const { imp_uid, merchant_uid, parts } of provider.accounts) {
    const asked = given.parts.get(merchant_uid) ?? 0
    if (parts > asked) broken.push(`I5 ${imp_uid} gave ${parts} parts back, ${asked} were asked`)
  }
  for (const [merchant_uid, amount] of given.cancelled) {
    const order = orders.find((each) => each.merchant_uid === merchant_uid)
    const scale = order?.currency === 'USD' ? 100 : 1
    if (order === undefined || order.cancelled < Math.round(amount * scale)) {
      broken.push(`I10 ${merchant_uid}: a cancel was answered and is not there`)
    }
  }
  return broken
}

/** I15: nothing that was begun stays open; I5: what a policy promised to give back is given back. */
function checkEndings({ cancels, revocations, exceptions }: Rows, { story }: Remains): string[] {
  const broken: string[] = []
  for (const { imp_uid, state, due_at } of [...cancels, ...revocations]) {
    if (due_at !== null) broken.push(`I15 what was asked of ${imp_uid} stays ${state}`)
  }
  for (const { id, imp_uid, policy, outcome, due_at, closed_at } of exceptions) {
    if (due_at !== null) broken.push(`I15 the exception ${id} stays ${outcome ?? 'untried'}`)
    const payment = story.payments.find((each) => each.imp_uid === imp_uid)
    const isAccount = payment?.records[0]?.['pay_method'] === 'vbank'
    if (policy === 'refund' && closed_at === null && !isAccount) {
      broken.push(`I5 the exception ${id} was to be given back: ${outcome ?? 'untried'}`)
    }
  }
  return broken
}

/** I12: what is secret, or a buyer's, comes out nowhere. */
function checkSecrets(rows: Rows, { given, lines, messages, receiver }: Remains): string[] {
  const places: Readonly<Record<string, string>> = {
    answers: given.texts.join('\n'),
    rows: JSON.stringify(rows),
    lines: lines.join('\n'),
    messages,
    events: receiver.letters.join('\n'),
  }
  return Object.entries(places)
    .filter(([, text]) => text.includes(canary))
    .map(([place]) => `I12 a secret is in the ${place}`)
}

const surprising = ['"internal"', '"job_failed"', '"repair_failed"', '"configuration"', '"sql"']

/** I15: nothing is thrown that nobody expected. */
function checkSurprises(lines: readonly string[]): string[] {
  return lines
    .filter((line) => surprising.some((event) => line.includes(`"event":${event}`)))
    .map((line) => `I15 ${line.slice(0, 400)}`)
}
