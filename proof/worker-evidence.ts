import type { AnswerRow, AttemptRow, EventRow, Evidence, Standing } from './oracle.ts'
import type { Shop } from './shop.ts'
import { judgeSchedule } from './verdict.ts'
import { attemptKey } from './worker-diary.ts'
import type { Surroundings } from './worker-isolate.ts'
import { toEventRow, toStanding } from './worker-receiver.ts'
import { canary } from './worker-settings.ts'
import type { Sqlite } from './worker-sqlite.ts'
import type { WorkerStory } from './worker-story.ts'

/** What was said to the outside meanwhile. */
export interface Given {
  readonly answers: AnswerRow[]
  /** The bodies of all answers. */
  readonly texts: string[]
  /** How often a part of an order's money was asked back. */
  readonly parts: Map<string, number>
  /** How much of an order an answer said was given back, in the currency's own unit. */
  readonly cancelled: Map<string, number>
  readonly isShopBack: () => boolean
}

interface Scene {
  readonly story: WorkerStory
  readonly shop: Shop
  readonly loose: number
}

/** Says which invariants a schedule of the worker broke; an empty list when none. */
export function judgeWorker(
  stage: 'minutes' | 'day',
  given: Given,
  around: Surroundings,
  scene: Scene,
): readonly string[] {
  const rows = readRows(around.sqlite)
  const evidence = gather(rows, given, around, scene)
  const late = rows.outbox.filter((row) => row.delivered_at === null)
  // What is told of no order is not urgent, and waits for a sweep of its own.
  if (stage === 'minutes') return judgeMinutes(evidence, late.filter(isOfOrder), around.clock.ms)
  return [
    ...judgeSchedule(evidence, 'day'),
    ...late.map(({ id }) => `I4 ${id} was never delivered`),
    ...checkTold(rows, around),
    ...checkRefunds(rows, given, around, scene),
    ...checkSecrets(rows, given, around),
    ...checkSurprises(around.lines),
  ]
}

/**
 * I4: two periods of cron after the faults, what was paid is paid, and told. An event that the shop failed to
 * take three times may wait two minutes and more for its next try, and so may what it tells.
 */
function judgeMinutes(evidence: Evidence, late: readonly OutboxRow[], nowMs: number): string[] {
  const isExcused = ({ tries, due_at }: OutboxRow): boolean =>
    tries >= 3 && due_at !== null && due_at > nowMs
  const waiting = new Set(late.filter(isExcused).map((row) => row.merchant_uid))
  const shop = evidence.orders.map(({ merchant_uid, status, sequence }) => {
    const row = evidence.shop.find((each) => each.merchant_uid === merchant_uid)
    const isWaiting =
      waiting.has(merchant_uid) && (status === 'paid' || status === 'partially_cancelled')
    const fulfilled = isWaiting ? 1 : (row?.fulfilled ?? 0)
    return { merchant_uid, status: row?.status ?? status, sequence, fulfilled }
  })
  return [
    ...judgeSchedule({ ...evidence, shop }, 'minutes'),
    ...late.filter((row) => !isExcused(row)).map(({ id }) => `I4 ${id} was not delivered in time`),
  ]
}

interface OrderRecord {
  readonly merchant_uid: string
  readonly status: Standing
  readonly imp_uid: string | null
  readonly cancelled: number
  readonly currency: string
  readonly sequence: number
}
interface OutboxRow {
  readonly id: string
  /** Null for an event of no order. */
  readonly merchant_uid: string | null
  readonly sequence: number | null
  readonly kind: string
  readonly payload: string
  readonly due_at: number | null
  readonly tries: number
  readonly delivered_at: number | null
}
interface AttemptRecord {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly verdict: AttemptRow['verdict']
}
interface ExceptionRecord {
  readonly id: string
  readonly kind: string
  readonly imp_uid: string
  readonly policy: string
  readonly outcome: string | null
  readonly due_at: number | null
  readonly closed_at: number | null
}
/** A cancel, or an account that is to be taken back. */
interface CancelRecord {
  readonly imp_uid: string
  readonly state: string
  readonly due_at: number | null
}

/** Everything in the database. */
interface Rows {
  readonly orders: readonly OrderRecord[]
  readonly outbox: readonly OutboxRow[]
  readonly attempts: readonly AttemptRecord[]
  readonly exceptions: readonly ExceptionRecord[]
  readonly cancels: readonly CancelRecord[]
  readonly revocations: readonly CancelRecord[]
}

function readRows(sqlite: Sqlite): Rows {
  const read = <Row>(text: string): readonly Row[] => {
    const { rows } = sqlite.run({ text, params: [] })
    return rows as readonly unknown[] as readonly Row[]
  }
  return {
    orders: read<OrderRecord>('SELECT * FROM orders'),
    outbox: read<OutboxRow>('SELECT * FROM outbox ORDER BY merchant_uid, sequence'),
    attempts: read<AttemptRecord>('SELECT * FROM attempts'),
    exceptions: read<ExceptionRecord>('SELECT * FROM exceptions'),
    cancels: read<CancelRecord>('SELECT * FROM cancels'),
    revocations: read<CancelRecord>('SELECT * FROM revocations'),
  }
}

function gather(
  { orders, outbox, attempts, exceptions }: Rows,
  given: Given,
  { diary, provider }: Surroundings,
  { story, shop, loose }: Scene,
): Evidence {
  return {
    wanted: story.wanted.map((order) => ({
      ...order,
      at: diary.orders.get(order.merchant_uid) ?? Number.POSITIVE_INFINITY,
    })),
    payments: provider.accounts,
    orders: orders.map(({ merchant_uid, status, imp_uid, cancelled, sequence }) => ({
      merchant_uid,
      status: toStanding(status, imp_uid),
      imp_uid,
      cancelled,
      sequence,
    })),
    events: outbox
      .filter(isOfOrder)
      .map(
        ({ id, kind, payload }): EventRow =>
          toEventRow(id, kind, JSON.parse(payload), diary.events.get(id) ?? 0),
      )
      .toSorted((a, b) => a.at - b.at),
    attempts: attempts.map(({ imp_uid, merchant_uid, verdict }) => {
      const { before, at } = diary.attempts.get(attemptKey(imp_uid, merchant_uid)) ?? {
        before: null,
        at: 0,
      }
      return { imp_uid, merchant_uid, verdict, before, at }
    }),
    claims: diary.claims,
    answers: given.answers,
    shop: [...shop.rows.values()],
    orphans: exceptions
      .filter(({ kind }) => kind === 'order_unknown')
      .map(({ imp_uid }) => imp_uid),
    loose,
  }
}

function isOfOrder({ merchant_uid }: OutboxRow): boolean {
  return merchant_uid !== null
}

/** What the shop was told is what was written, signed, each event at least once. */
function checkTold({ outbox }: Rows, { receiver }: Surroundings): string[] {
  const broken = receiver.refused.map((each) => `I12 the shop refused ${each}`)
  for (const { id } of outbox.filter((row) => !isOfOrder(row))) {
    if (!receiver.exceptions.includes(id)) broken.push(`I4 the shop was never told ${id}`)
  }
  for (const { id, kind, payload } of outbox.filter(isOfOrder)) {
    const { at: _, ...written } = toEventRow(id, kind, JSON.parse(payload), 0)
    const tellings = receiver.told.filter((each) => each.id === id)
    const isSame = tellings.every(
      ({ at: _at, ...told }) => JSON.stringify(told) === JSON.stringify(written),
    )
    if (tellings.length === 0) broken.push(`I4 the shop was never told ${id}`)
    if (!isSame) broken.push(`I14 the shop was told otherwise than ${id} says`)
  }
  return broken
}

/** I5: nothing is given back that nobody asked back, and whatever was promised to be is. */
function checkRefunds(
  { orders, exceptions, cancels, revocations }: Rows,
  given: Given,
  { provider }: Surroundings,
  { story }: Scene,
): string[] {
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
function checkSecrets(
  rows: Rows,
  given: Given,
  { lines, queue, receiver }: Surroundings,
): string[] {
  const places: Readonly<Record<string, string>> = {
    answers: given.texts.join('\n'),
    rows: JSON.stringify(rows),
    lines: lines.join('\n'),
    messages: queue.text,
    events: JSON.stringify(receiver.told),
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
