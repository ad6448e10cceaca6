import type {
  ExpectedOrder,
  ImpUid,
  MerchantUid,
  Order,
  OrderStore,
  Result,
  StoreFailure,
} from '@quayside/core'
import type { StoredOrder } from '../domain/stored-order.ts'

/** The order store on D1, with what the merchant's own requests need besides. */
export interface OrderRepository extends OrderStore {
  /** The order with what only its row knows. */
  read(merchantUid: MerchantUid): Promise<Result<StoredOrder, StoreFailure>>
  /** Creates the order unless it is there; the row that is there is the answer either way. */
  create(expected: ExpectedOrder, name: string | null): Promise<Result<CreatedOrder, StoreFailure>>
  /** Notes that the provider knows the amount. */
  markPrepared(merchantUid: MerchantUid): Promise<Result<null, StoreFailure>>
  /**
   * Cancels an order that nothing was paid for, unless it changed since it was read. Nobody may pay into
   * these accounts of it any more: they are noted to be taken back.
   */
  close(order: Order, accounts: readonly ImpUid[]): Promise<Result<Order, StoreFailure>>
  /**
   * Notes that nobody paid into the order's account in time, unless it changed since it was read. Where the
   * order's policy does not want what comes late, the account is noted to be taken back.
   */
  expire(order: Order): Promise<Result<Order, StoreFailure>>
}

/** An order that was asked for, and whether this request made it. */
export interface CreatedOrder extends StoredOrder {
  readonly isNew: boolean
}
