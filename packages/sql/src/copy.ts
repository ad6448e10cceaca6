import { fail, ok, type Result } from '@quayside/core'
import {
  attemptColumns,
  cancelColumns,
  eventColumns,
  issueColumns,
  orderColumns,
  paymentLinkColumns,
  revocationColumns,
  subscriptionAttemptColumns,
  subscriptionColumns,
} from './columns.ts'
import type { Driver, Row, Scalar } from './driver.ts'
import { copiedVerificationColumns } from './identity-statements.ts'
import { billingKeyColumns } from './store/billing-keys/key-statements.ts'
import { rowsAt, runOnce, runTwice, type StoreUnavailable } from './transaction.ts'

/** Why nothing, or not everything, was copied. */
export type CopyFailure =
  /** The target has rows in this table already. */
  { readonly reason: 'target_not_empty'; readonly table: string } | StoreUnavailable

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** The columns of the primary key: one or two. */
  readonly key: readonly [string] | readonly [string, string]
}

const table = (name: string, columns: string, ...key: Table['key']): Table => ({
  name,
  columns: columns.split(',').map((each) => each.trim()),
  key,
})

const tables: readonly Table[] = [
  table('orders', orderColumns, 'merchant_uid'),
  table('attempts', attemptColumns, 'imp_uid', 'merchant_uid'),
  table('outbox', eventColumns, 'id'),
  table('cancels', `${cancelColumns}, due_at`, 'imp_uid', 'balance'),
  table('revocations', `${revocationColumns}, due_at`, 'imp_uid'),
  table('reconciliation_issues', `${issueColumns}, due_at`, 'id'),
  table('poll_schedule', 'merchant_uid, due_at', 'merchant_uid'),
  table('cursors', 'name, at, held_until', 'name'),
  table('payment_links', `${paymentLinkColumns}, due_at`, 'id'),

  table('identity_verifications', copiedVerificationColumns, 'id'),
  table('billing_keys', billingKeyColumns, 'registration_id'),

  table('subscriptions', subscriptionColumns, 'id'),
  table('subscription_attempts', subscriptionAttemptColumns, 'merchant_uid'),
]

/** Rows of one statement: 25 columns of each are fewer parameters than any database allows. */
const rowsPerPage = 200

/**
 * Copies every row of one database to another, which may be of another kind. Both have the tables of this version, and
 * nobody writes to either of them meanwhile.
 *
 * @param onPage Called after each transaction with the table, and how many of its rows are copied.
 * @returns How many rows were copied.
 */
export async function copyRows(
  from: Driver,
  to: Driver,
  onPage: (table: string, rows: number) => void,
): Promise<Result<number, CopyFailure>> {
  for (const { name } of tables) {
    const found = await runTwice(to, [
      { text: `SELECT 1 AS found FROM ${name} LIMIT 1`, values: [] },
    ])
    if (!found.ok) return found
    if (rowsAt(found.value, 0).length > 0) return fail({ reason: 'target_not_empty', table: name })
  }
  let total = 0
  for (const each of tables) {
    const copied = await copyTable(from, to, each, onPage)
    if (!copied.ok) return copied
    total += copied.value
  }
  return ok(total)
}

async function copyTable(
  from: Driver,
  to: Driver,
  { name, columns, key }: Table,
  onPage: (table: string, rows: number) => void,
): Promise<Result<number, StoreUnavailable>> {
  const list = columns.join(', ')
  let count = 0
  let last: Row | null = null
  for (;;) {
    const text = `SELECT ${list} FROM ${name} ${afterKey(key, last)} ORDER BY ${key.join(', ')} LIMIT ${rowsPerPage}`
    const values: readonly Scalar[] =
      last === null ? [] : key.map((column) => valueOf(last, column))
    const read = await runTwice(from, [{ text, values }])
    if (!read.ok) return read
    const rows = rowsAt<Row>(read.value, 0)
    last = rows.at(-1) ?? null
    if (last === null) return ok(count)
    const written = await runOnce(to, [
      {
        text: `INSERT INTO ${name} (${list}) VALUES ${placeholders(rows.length, columns.length)}`,
        values: rows.flatMap((row) => columns.map((column) => valueOf(row, column))),
      },
    ])
    if (!written.ok) return written
    count += rows.length
    onPage(name, count)
  }
}

/** Compares column by column: MySQL finds no place in an index by a comparison of pairs. */
function afterKey([first, second]: Table['key'], last: Row | null): string {
  if (last === null) return ''
  if (second === undefined) return `WHERE ${first} > ?1`
  return `WHERE ${first} >= ?1 AND (${first} > ?1 OR ${second} > ?2)`
}

function valueOf(row: Row | null, column: string): Scalar {
  return row?.[column] ?? null
}

function placeholders(rows: number, columns: number): string {
  const ofRow = (row: number) =>
    Array.from({ length: columns }, (_, column) => `?${row * columns + column + 1}`).join(', ')
  return Array.from({ length: rows }, (_, row) => `(${ofRow(row)})`).join(', ')
}
