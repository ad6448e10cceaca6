import type { Order } from '@quayside/core'
import type { NaverProducts } from './naver-product.ts'
import type { TaxShares } from './tax-shares.ts'

/** An order with the columns of its row that no decision uses. */
export interface StoredOrder {
  /** The order, as core decides on it. */
  readonly order: Order
  /** What the merchant calls it; null without a name. */
  readonly name: string | null
  /** The provider's `pay_method` of the payment that the status comes from; null without one. */
  readonly payMethod: string | null
  /** When the amount was registered with the provider; null while it is not. */
  readonly preparedAt: Date | null
  /** When the row was written first. */
  readonly createdAt: Date
  /** When the row was written last. */
  readonly updatedAt: Date
  /** Which parts of the amount are taxed in their own way, as the merchant named them. */
  readonly shares: TaxShares
  /** The product lines that its window needs at Naver Pay; null where none were named. */
  readonly naverProducts: NaverProducts | null
}
