import type { Migrations } from '../migrations.ts'
import { unlessFound } from './unless-found.ts'

/**
 * Pages of the orders by their creation, which never changes: an order writes that index once. And the history of an order.
 * The tables are written meanwhile.
 */
export const orderLists: Migrations = {
  '0005_order_lists': [
    ...createIndex('orders_created', 'orders', 'created_at, merchant_uid'),
    ...createIndex('reconciliation_issues_order', 'reconciliation_issues', 'merchant_uid'),
  ],
}

function createIndex(name: string, table: string, columns: string): readonly string[] {
  return unlessFound(
    `information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = '${table}' AND index_name = '${name}'`,
    `CREATE INDEX ${name} ON ${table} (${columns}) ALGORITHM = INPLACE LOCK = NONE`,
  )
}
