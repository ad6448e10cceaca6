import type { Migrations } from '../migrations.ts'
import { unlessFound } from './unless-found.ts'

/** The product lines of an order for Naver Pay, as a JSON list. No row is written. */
export const naverProducts: Migrations = {
  '0010_naver_products': unlessFound(
    `information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'naver_products'`,
    'ALTER TABLE orders ADD COLUMN naver_products text',
  ),
}
