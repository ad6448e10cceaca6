import type { Order } from '@quayside/core'

/** An order with what only its row knows. */
export interface StoredOrder {
  readonly order: Order
  /** What the merchant called it; null when it has no name. */
  readonly name: string | null
  /** How the payment that the status comes from was made, in the provider's word. */
  readonly payMethod: string | null
  /** When the amount was registered with the provider; null while it is not. */
  readonly preparedAt: Date | null
  readonly createdAt: Date
  readonly updatedAt: Date
}
