import type { EventPayload, OrderEventType } from '@quayside/server'

/** A change of an order, as its event reports it. */
export interface OrderChange {
  /** The id of its event, `webhook-id` where that is sent. */
  readonly id: string
  /** The type of the event, such as `order.paid`. */
  readonly type: OrderEventType
  /** When it was decided, in ISO 8601. */
  readonly timestamp: string
  /** The order after the change, as the merchant API shows it; `sequence` counts its changes from 1. */
  readonly data: EventPayload
}

/**
 * Called with each change of an order, in the transaction that writes it: after the statements of the store and before
 * COMMIT. What it writes on this connection is committed with the change, or rolled back with it.
 *
 * - It may run several times for one change, because a transaction that lost against another one is repeated; on SQLite also
 *   one that shared its commit with a transaction that failed. One of these runs takes effect.
 * - If it throws, everything is rolled back. The buyer reads `pending`, the cause is in the log as `store_failed`, and the
 *   next message or job tries again. So it must not throw for an order that it can never accept.
 * - It must only use this connection, must await what it starts, and must not begin or end a transaction. A savepoint is
 *   allowed.
 * - The row of the order is locked meanwhile. It has five seconds, and no network call belongs here.
 */
export type OnChange<Connection> = (change: OrderChange, connection: Connection) => Promise<void>
