import {
  applyChange,
  fail,
  type MerchantUid,
  type Order,
  ok,
  openOrder,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { noShares, type OrderRepository, toOpenAccounts } from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import { type Driver, isHit, type Outcome } from '../../driver.ts'
import { rowsAt, runTwice, write } from '../../transaction.ts'
import { toEscrowEventId, toEventId } from './order-events.ts'
import { type OrderRow, toOrder, toStoredOrder } from './order-row.ts'
import {
  createTransaction,
  endTransaction,
  escrowTransaction,
  recordTransaction,
  refusedTransaction,
  type UnmatchedAttempt,
  unmatchedTransaction,
} from './order-statements.ts'
import type { OrderTransaction } from './order-transaction.ts'

/** Makes the order repository. Each operation is one transaction and may be repeated without harm. */
export function createOrderRepository(
  driver: Driver,
  dialect: Dialect,
  now: () => Date,
  enqueueEvent: (eventId: string) => void,
): OrderRepository {
  const readRow = async (merchantUid: MerchantUid): Promise<Result<OrderRow, StoreFailure>> => {
    const read = { text: dialect.orders.select, values: [merchantUid] }
    const outcomes = await runTwice(driver, [read])
    return outcomes.ok ? lastRow(outcomes.value, merchantUid) : outcomes
  }
  const change = async (
    transaction: OrderTransaction,
    changed: Order,
  ): Promise<Result<Order, StoreFailure>> => {
    const written = await runOrder(driver, transaction, changed.merchantUid)
    if (!written.ok) return written
    if (written.value.isChanged) enqueueEvent(toEventId(changed))
    return ok(toOrder(written.value.row))
  }

  return {
    async find(merchantUid) {
      const row = await readRow(merchantUid)
      return row.ok ? ok(toOrder(row.value)) : row
    },

    async read(merchantUid) {
      const row = await readRow(merchantUid)
      return row.ok ? ok(toStoredOrder(row.value)) : row
    },

    async create(expected, name, shares = noShares, naverProducts = null) {
      const order = openOrder(expected)
      const transaction = createTransaction(dialect, order, name, shares, naverProducts, now())
      const written = await runOrder(driver, transaction, order.merchantUid)
      if (!written.ok) return written
      return ok({ ...toStoredOrder(written.value.row), isNew: written.value.isChanged })
    },

    markPrepared(merchantUid) {
      const values = [merchantUid, now().getTime()]
      return write(driver, [{ text: dialect.orders.markPrepared, values }])
    },

    close(order, accounts) {
      const sequence = order.sequence + 1
      const fields = { status: 'cancelled', impUid: null, failReason: null, sequence } as const
      const closed = { ...order, ...fields }
      return change(endTransaction(dialect, order, closed, accounts, now()), closed)
    },

    expire(order) {
      const expired = { ...order, status: 'expired', sequence: order.sequence + 1 } as const
      const accounts = order.policy.late === 'deliver' ? [] : toOpenAccounts(order.accounts)
      return change(endTransaction(dialect, order, expired, accounts, now()), expired)
    },

    async recordEscrowChange(order, reported) {
      const counted = { ...order, sequence: order.sequence + 1 }
      const transaction = escrowTransaction(dialect, order, counted, reported, now())
      const written = await runOrder(driver, transaction, order.merchantUid)
      if (!written.ok) return written
      const { isChanged: isNew, row } = written.value
      if (isNew) enqueueEvent(toEscrowEventId(counted, reported).id)
      return ok({ isNew, order: toOrder(row) })
    },

    record(decided) {
      const changed = applyChange(decided)
      return change(recordTransaction(dialect, decided, changed, now()), changed)
    },

    async recordAttempt(attempt) {
      if (attempt.outcome !== 'refused') {
        return recordUnmatched(driver, dialect, attempt, now(), enqueueEvent)
      }
      return write(driver, refusedTransaction(dialect, attempt, now()).statements)
    },
  }
}

/** Returns null once the attempt is recorded, or the order when it changed since it was read. */
async function recordUnmatched(
  driver: Driver,
  dialect: Dialect,
  attempt: UnmatchedAttempt,
  at: Date,
  enqueueEvent: (eventId: string) => void,
): Promise<Result<Order | null, StoreFailure>> {
  const { order, outcome } = attempt
  const counted = { ...order, sequence: order.sequence + 1 }
  const transaction = unmatchedTransaction(dialect, attempt, counted, at)
  const written = await runOrder(driver, transaction, order.merchantUid)
  if (!written.ok) return written
  const { isChanged, row } = written.value
  if (isChanged && outcome !== 'refunded') enqueueEvent(toEventId(counted))
  return ok(isChanged || row.sequence === order.sequence ? null : toOrder(row))
}

interface WrittenOrder {
  /** False when it was not for this call to change it, or when a call whose answer was lost has changed it before. */
  readonly isChanged: boolean
  readonly row: OrderRow
}

async function runOrder(
  driver: Driver,
  { statements, change, event }: OrderTransaction,
  merchantUid: MerchantUid,
): Promise<Result<WrittenOrder, StoreFailure>> {
  const planned = event === null ? undefined : { change: event, by: change }
  const outcomes = await runTwice(driver, statements, planned)
  if (!outcomes.ok) return outcomes
  const row = lastRow(outcomes.value, merchantUid)
  if (!row.ok) return row
  const changed = outcomes.value[statements.indexOf(change)]
  return ok({ isChanged: changed !== undefined && isHit(changed), row: row.value })
}

function lastRow(
  outcomes: readonly Outcome[],
  merchantUid: MerchantUid,
): Result<OrderRow, StoreFailure> {
  const row = rowsAt<OrderRow>(outcomes, -1)[0]
  return row === undefined ? fail({ reason: 'order_unknown', merchantUid }) : ok(row)
}
