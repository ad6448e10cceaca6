import { orderColumns } from './columns.ts'
import type { Dialect } from './dialect.ts'

// Pages of the orders. The inner SELECT takes what one page may look at from an index. The outer one leaves the orders that
// have the status, and the last one of those that were looked at, from where the next page goes on.

const page = (orders: string, order: string): string => `SELECT ${orderColumns}, scanned FROM (
    SELECT page.*, row_number() OVER (ORDER BY ${order}) AS scanned FROM (
      SELECT ${orderColumns} FROM orders WHERE ${orders} ORDER BY ${order} LIMIT ?1
    ) AS page
  ) AS numbered
  WHERE ?2 = '' OR status = ?2 OR scanned = ?1 ORDER BY scanned LIMIT ?3`

/**
 * Makes the statements.
 *
 * @param isAfter The words of the database for "further on in the list than `?5`, `?6`", by which it finds the place in an
 * index. The column is a parameter.
 */
function createOrderLists(isAfter: (column: string) => string): Dialect['orderLists'] {
  const newestFirst = (column: string): string =>
    page(`${column} >= ?4 AND ${isAfter(column)}`, `${column} DESC, merchant_uid DESC`)
  return {
    selectByCreation: newestFirst('created_at'),
    selectByPayment: newestFirst('paid_at'),
    selectById: page('merchant_uid >= ?4 AND merchant_uid < ?5', 'merchant_uid'),
  }
}

export const orderLists = createOrderLists((column) => `(${column}, merchant_uid) < (?5, ?6)`)

/** MySQL and MariaDB find no place by a comparison of rows. */
export const mysqlOrderLists = createOrderLists(
  (column) => `(${column} < ?5 OR (${column} = ?5 AND merchant_uid < ?6))`,
)
