/** What an event says of an order, as far as this shop acts on it. */
export interface OrderNews {
  readonly merchantUid: string
  readonly sequence: number
  readonly status: string
}

/** Where the goods of an order are. */
export interface Parcel {
  /** Of the newest event that was heard of; older ones say nothing new. */
  readonly sequence: number
  readonly isShipped: boolean
}

/** The effects of events: goods that leave the house once, and never without money. */
export interface Parcels {
  /** Acts on an event; null when it brought nothing new. */
  hear(news: OrderNews): Parcel | null
  find(merchantUid: string): Parcel | null
}

/**
 * Keeps parcels in memory, which is enough for a demo; a shop keeps them in the table of its orders and
 * writes both columns in one transaction. Past `most` orders the oldest are forgotten.
 */
export function createParcels(most: number): Parcels {
  const parcels = new Map<string, Parcel>()
  return {
    hear({ merchantUid, sequence, status }) {
      const known = parcels.get(merchantUid) ?? { sequence: 0, isShipped: false }
      if (sequence <= known.sequence) return null
      // The event of the payment may still be on its way when that of a partial refund is here, so what
      // counts is how the order stands, not what the event is called.
      const parcel = { sequence, isShipped: known.isShipped || isPaid(status) }
      parcels.delete(merchantUid)
      parcels.set(merchantUid, parcel)
      const [oldest] = parcels.keys()
      if (parcels.size > most && oldest !== undefined) parcels.delete(oldest)
      return parcel
    },
    find: (merchantUid) => parcels.get(merchantUid) ?? null,
  }
}

function isPaid(status: string): boolean {
  return status === 'paid' || status === 'partially_cancelled'
}
