import type { AttemptRow, OrderStatus } from '../../checkers/history.ts'

export interface OrderRecord {
  readonly merchant_uid: string
  readonly status: OrderStatus
  readonly imp_uid: string | null
  readonly cancelled: number
  readonly currency: string
  readonly sequence: number
  readonly created_at: number
}

export interface OutboxRecord {
  readonly id: string
  /** Null for an event of no order. */
  readonly merchant_uid: string | null
  readonly sequence: number | null
  readonly kind: string
  readonly payload: string
  readonly due_at: number | null
  readonly tries: number
  readonly created_at: number
  readonly delivered_at: number | null
}

export interface AttemptRecord {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly verdict: StoredVerdict
}

/** The values of the column: on D1 `given_back` is the outcome `refunded`. */
type StoredVerdict = AttemptRow['outcome'] | 'given_back'

export function toAttemptOutcome(verdict: StoredVerdict): AttemptRow['outcome'] {
  return verdict === 'given_back' ? 'refunded' : verdict
}

export interface ReconciliationIssueRecord {
  readonly id: string
  readonly kind: string
  readonly imp_uid: string
  readonly policy: string
  readonly outcome: string | null
  readonly due_at: number | null
  readonly closed_at: number | null
}

/** A cancel, or the revocation of an account. */
export interface IntentRecord {
  readonly imp_uid: string
  readonly state: string
  readonly due_at: number | null
}

/** Everything in the worker's database that the checkers read. */
export interface Rows {
  readonly orders: readonly OrderRecord[]
  readonly outbox: readonly OutboxRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly reconciliation_issues: readonly ReconciliationIssueRecord[]
  readonly cancels: readonly IntentRecord[]
  readonly revocations: readonly IntentRecord[]
}

type Row = Readonly<Record<string, unknown>>

const tables = [
  'orders',
  'outbox',
  'attempts',
  'reconciliation_issues',
  'cancels',
  'revocations',
] as const

/** The queries of the tables, in the order in which {@link toRows} takes their results. */
export const rowQueries: readonly string[] = tables.map((table) =>
  table === 'outbox'
    ? 'SELECT * FROM outbox ORDER BY merchant_uid, sequence'
    : `SELECT * FROM ${table}`,
)

export function toRows(read: readonly (readonly Row[])[]): Rows {
  // The tables' own CHECK constraints guarantee the shape of the rows.
  return Object.fromEntries(tables.map((table, at) => [table, read[at] ?? []])) as unknown as Rows
}

/** When the next delivery or recovery job is due; null when none is. */
export const earliestDue = `SELECT min(due_at) AS at FROM (SELECT due_at FROM outbox UNION ALL
  SELECT due_at FROM cancels UNION ALL SELECT due_at FROM revocations UNION ALL
  SELECT due_at FROM reconciliation_issues)`

export function isOfOrder({ merchant_uid }: OutboxRecord): boolean {
  return merchant_uid !== null
}
