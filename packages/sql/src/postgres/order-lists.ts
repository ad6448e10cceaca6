import type { Migrations } from '../migrations.ts'

/**
 * Pages of the orders by their creation, which never changes: an order writes that index once. And the history of an order:
 * no index has the accepted payments, because every commit would write it; events name them. `IF NOT EXISTS`: where a table
 * is large its index may be built before, `CONCURRENTLY`, which no transaction can.
 */
export const orderLists: Migrations = {
  '0005_order_lists': [
    `CREATE INDEX IF NOT EXISTS orders_created ON orders (created_at, merchant_uid)`,
    `CREATE INDEX IF NOT EXISTS attempts_unmatched_order ON attempts (merchant_uid)
    WHERE verdict <> 'accepted' AND verdict <> 'refused'`,
    `CREATE INDEX IF NOT EXISTS reconciliation_issues_order ON reconciliation_issues (merchant_uid)`,
  ],
}
