/** What an event says of an order, as far as this shop acts on it. */
export interface OrderEvent {
  readonly merchantUid: string
  readonly sequence: number
  readonly status: string
}

/** Where the goods of an order are. */
export interface Shipment {
  /** Of the newest event that was heard of; older ones say nothing new. */
  readonly sequence: number
  readonly isShipped: boolean
}

/** The effects of events: goods that leave the house once, and never without money. */
export interface Shipments {
  /** Acts on an event; null when it brought nothing new. */
  apply(event: OrderEvent): Shipment | null
  find(merchantUid: string): Shipment | null
}

/**
 * Keeps parcels in memory, which is enough for a demo; a shop keeps them in the table of its orders and
 * writes both columns in one transaction. Past `most` orders the oldest are forgotten.
 */
export function createShipments(max: number): Shipments {
  const shipments = new Map<string, Shipment>()
  return {
    apply({ merchantUid, sequence, status }) {
      const current = shipments.get(merchantUid) ?? { sequence: 0, isShipped: false }
      if (sequence <= current.sequence) return null
      // The event of the payment may still be on its way when that of a partial refund is here, so what
      // counts is how the order stands, not what the event is called.
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
