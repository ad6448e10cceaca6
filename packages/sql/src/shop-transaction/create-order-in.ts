import { fail, ok, openOrder, type Payee, type Result } from '@quayside/core'
import {
  type ChannelUnsuitable,
  isSameOrder,
  type OrderFields,
  type OrderRequestBody,
  type PayeeParts,
  presentOrder,
  type RequestInvalid,
  readOrderRequest,
  toPayee,
} from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import { type Scalar, toStorable } from '../driver.ts'
import { mysql } from '../mysql/dialect.ts'
import { postgres } from '../postgres/dialect.ts'
import { createSqliteDialect } from '../sqlite/dialect.ts'
import { sqliteWords } from '../sqlite/migrations.ts'
import { toStoredOrder } from '../store/orders/order-row.ts'
import { createTransaction, type ScalarStatement } from '../store/orders/order-statements.ts'
import { readOrderRow } from './read-order-row.ts'
import type { ShopTransaction, SqlDatabase, SyncShopTransaction } from './shop-transaction.ts'

/** An order that exists when the transaction of the shop commits. */
export interface CreatedInTransaction {
  /** The order, as the merchant API shows it. */
  readonly order: OrderFields
  /** False when it existed already, with the same values. */
  readonly isNew: boolean
}

/** Why nothing was written. The transaction can go on. */
export type CreateOrderFailure =
  | RequestInvalid
  | ChannelUnsuitable
  /** `payees` do not name the account of the order, or its tier. */
  | { readonly reason: 'account_unknown' | 'tier_unknown' }
  /** An order with this id and other values exists. */
  | { readonly reason: 'order_conflict' }
  /** An order with this id exists for another account or tier. */
  | { readonly reason: 'order_of_other_payee' }

/** What the creation depends on. */
export interface CreateOrderOptions {
  /** The clock; the system's by default. */
  readonly now?: () => Date
  /**
   * The accounts and tiers of the server's settings (`ACCOUNTS`, `TIERS`): an order may name these only, because nobody looks for the
   * payment of another. By default none, and an order that names an account or a tier is refused.
   */
  readonly payees?: readonly PayeeParts[]
}

/**
 * Creates an order in a transaction that the shop has open, as `POST /orders` does in one of its own: with the shop's row
 * it is committed or rolled back. It begins and ends nothing.
 *
 * After COMMIT send the same order to `POST /orders`: that registers its amount with the provider and returns the
 * `order_token`, responds 200, and may be repeated. Until then the order can be paid; only the window does not compare
 * amounts.
 *
 * @param transaction The shop's transaction, by `fromPg` and the like.
 * @param order The body of `POST /orders`; its checks are the same.
 * @param options The clock, and the accounts and tiers that an order may name.
 * @returns The order, new or existing with the same values. Failures: `request_invalid` with its `field`,
 * `channel_unsuitable`, `account_unknown`, `tier_unknown`, `order_conflict`, `order_of_other_payee`; nothing
 * was written then. Throws what the shop's library threw, unchanged: roll back, and repeat the
 * transaction where it says so (a deadlock, a serialization failure, two requests with one id at once).
 *
 * @example
 * ```ts
 * import { createOrderIn, fromPg } from '@quayside/sql'
 * import type { PoolClient } from 'pg'
 *
 * async function order(client: PoolClient, item: string) {
 *   await client.query('BEGIN')
 *   await client.query('INSERT INTO shop_orders (id, item) VALUES ($1, $2)', ['ORD-1', item])
 *   const order = { merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW' }
 *   const created = await createOrderIn(fromPg(client), order)
 *   await client.query(created.ok ? 'COMMIT' : 'ROLLBACK')
 *   return created
 * }
 * console.log(typeof order) // function
 * ```
 */
export async function createOrderIn(
  transaction: ShopTransaction,
  order: OrderRequestBody,
  options: CreateOrderOptions = {},
): Promise<Result<CreatedInTransaction, CreateOrderFailure>> {
  const steps = createOrder(transaction.database, order, options)
  let step = steps.next()
  while (!step.done) {
    const { does, text, values } = step.value
    step = steps.next(await transaction[does](text, values))
  }
  return step.value
}

/**
 * {@link createOrderIn} for SQLite, without waiting: nothing else gets into the transaction of the shop on the way.
 *
 * @param transaction The shop's transaction, by `fromSqlite`.
 * @param order The body of `POST /orders`; its checks are the same.
 * @param options The clock, and the accounts and tiers that an order may name.
 * @returns The order, new or existing with the same values. Failures: `request_invalid` with its `field`,
 * `channel_unsuitable`, `account_unknown`, `tier_unknown`, `order_conflict`, `order_of_other_payee`; nothing
 * was written then. Throws what the shop's library threw: roll back.
 *
 * @example
 * ```ts
 * import { DatabaseSync } from 'node:sqlite'
 * import { createOrderInSync, fromSqlite, migrateSqlite } from '@quayside/sql'
 *
 * const database = new DatabaseSync(':memory:')
 * await migrateSqlite(database)
 * database.exec('BEGIN IMMEDIATE')
 * const order = { merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW' }
 * const created = createOrderInSync(fromSqlite(database), order)
 * database.exec('COMMIT')
 * console.log(created.ok && created.value.isNew) // true
 * ```
 */
export function createOrderInSync(
  transaction: SyncShopTransaction,
  order: OrderRequestBody,
  options: CreateOrderOptions = {},
): Result<CreatedInTransaction, CreateOrderFailure> {
  const steps = createOrder(transaction.database, order, options)
  let step = steps.next()
  while (!step.done) {
    const { does, text, values } = step.value
    step = steps.next(transaction[does](text, values))
  }
  return step.value
}

const dialects: Readonly<Record<SqlDatabase, Dialect>> = {
  postgres,
  mysql,
  sqlite: createSqliteDialect(sqliteWords),
}

/** A statement in the words of the database, and which function of the transaction runs it. */
interface Step {
  readonly does: 'execute' | 'query'
  readonly text: string
  readonly values: readonly Scalar[]
}

/** Yields statements and is given their results: the number of changed rows, or the rows of the last one. */
function* createOrder(
  database: SqlDatabase,
  body: OrderRequestBody,
  { now = () => new Date(), payees = [] }: CreateOrderOptions,
): Generator<Step, Result<CreatedInTransaction, CreateOrderFailure>, unknown> {
  const requested = readOrderRequest(body)
  if (!requested.ok) return requested
  const { expected, name, shares, naverProducts } = requested.value
  const unknown = findUnknown(expected.payee, body, payees)
  if (unknown !== null) return fail({ reason: unknown })
  const order = openOrder(expected)
  const dialect = dialects[database]
  const { statements } = createTransaction(dialect, order, name, shares, naverProducts, now())
  let isNew = false
  let rows: unknown
  for (const statement of statements) {
    if (statement.after !== undefined && !isNew) continue
    const does = statement === statements.at(-1) ? 'query' : 'execute'
    const result = yield { does, ...toNative(database, statement) }
    if (does === 'query') rows = result
    else if (statement.after === undefined) isNew = readCount(result) > 0
  }
  const stored = toStoredOrder(readOrderRow(rows))
  if (stored.order.payee !== expected.payee) return fail({ reason: 'order_of_other_payee' })
  if (!isSameOrder(stored, requested.value)) return fail({ reason: 'order_conflict' })
  return ok({ order: presentOrder(stored.order), isNew })
}

/** What of the payee of an order is not among those that are known; null when it is. */
function findUnknown(
  payee: Payee | undefined,
  { account }: OrderRequestBody,
  known: readonly PayeeParts[],
): 'account_unknown' | 'tier_unknown' | null {
  if (payee === undefined || known.some((each) => toPayee(each) === payee)) return null
  const isKnownAccount = account === undefined || known.some((each) => each.account === account)
  return isKnownAccount ? 'tier_unknown' : 'account_unknown'
}

/** Without the number, an order that is new could be taken for one that exists, and would not be polled. */
function readCount(result: unknown): number {
  if (typeof result === 'number' && Number.isSafeInteger(result)) return result
  throw new TypeError('The transaction does not say how many rows a statement changed')
}

/** Returns a statement with the placeholders of its database, and what they bind. */
function toNative(
  database: SqlDatabase,
  { text, values }: ScalarStatement,
): Pick<Step, 'text' | 'values'> {
  const storable = values.map((value) => (typeof value === 'string' ? toStorable(value) : value))
  if (database === 'postgres') return { text: text.replaceAll('?', '$'), values: storable }
  const bound: Scalar[] = []
  const positional = text.replaceAll(/\?(\d+)/g, (_, position) => {
    bound.push(storable[Number(position) - 1] ?? null)
    return '?'
  })
  return { text: positional, values: bound }
}
