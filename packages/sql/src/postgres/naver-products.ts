import type { Migrations } from '../migrations.ts'

/** The product lines of an order for Naver Pay, as a JSON list. No row is written. */
export const naverProducts: Migrations = {
  '0010_naver_products': [`ALTER TABLE orders ADD COLUMN naver_products text`],
}
