import type { Migrations } from '../migrations.ts'

/** Who is paid by an order, where a shop has several merchant accounts or sub-merchants. No row is written. */
export const orderPayees: Migrations = {
  '0008_order_payees': [`ALTER TABLE orders ADD COLUMN payee text COLLATE "C"`],
}
