import type { Migrations } from '../migrations.ts'
import { unlessFound } from './unless-found.ts'

/** Who is paid by an order, where a shop has several merchant accounts or sub-merchants. No row is written. */
export const orderPayees: Migrations = {
  '0008_order_payees': unlessFound(
    `information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'payee'`,
    'ALTER TABLE orders ADD COLUMN payee varchar(20)',
  ),
}
