/** The fields of an order event that this shop uses. */
export interface OrderEvent {
  readonly merchantUid: string
  readonly sequence: number
  readonly status: string
}

/** The shipment of one order. */
export interface Shipment {
  /** Of the newest event received; older events are ignored. */
  readonly sequence: number
  readonly isShipped: boolean
}

/** The effect of events: goods are shipped once, and only when they are paid. */
export interface Shipments {
  /** Applies an event; null when the same or a newer one was applied before. */
  apply(event: OrderEvent): Shipment | null
  find(merchantUid: string): Shipment | null
}

/**
 * Keeps shipments in memory, which is enough for a demo; a real shop keeps them in its order table and
 * writes both columns in one transaction. Above `max` orders the least recently updated is dropped.
 */
export function createShipments(max: number): Shipments {
  const shipments = new Map<string, Shipment>()
  return {
    apply({ merchantUid, sequence, status }) {
      const current = shipments.get(merchantUid) ?? { sequence: 0, isShipped: false }
      if (sequence <= current.sequence) return null
      // The event of a partial refund may arrive before that of the payment, so the order's status
      // decides, not the type of the event.
      const shipment = { sequence, isShipped: current.isShipped || isPaid(status) }
      shipments.delete(merchantUid)
      shipments.set(merchantUid, shipment)
      const [oldest] = shipments.keys()
      if (shipments.size > max && oldest !== undefined) shipments.delete(oldest)
      return shipment
    },
    find: (merchantUid) => shipments.get(merchantUid) ?? null,
  }
}

function isPaid(status: string): boolean {
  return status === 'paid' || status === 'partially_cancelled'
}
