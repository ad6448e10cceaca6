/** Due or leased, delivered, or without tries left until it is replayed. */
export type EventState = 'pending' | 'delivered' | 'failed_permanently'

/** One event of the outbox. */
export interface StoredEvent {
  /** The same at every try, and unique: receivers recognise repeated events by it. */
  readonly id: string
  /** Null, like the sequence, for an event that belongs to no order. */
  readonly merchantUid: string | null
  /** The sequence of the order with the event's change; null for an event that belongs to no order. */
  readonly sequence: number | null
  /** The order's new status, `duplicate_paid`, `late_paid` or `exception`. Text, because a newer version may write more kinds. */
  readonly kind: string
  /** The `data` of the event as JSON. */
  readonly payload: string
  /** When it was written, with what it reports. */
  readonly createdAt: Date
  /** When the next try is due; null for a delivered event and for one that failed permanently. */
  readonly dueAt: Date | null
  /** How many tries were started since it was written or replayed. */
  readonly tries: number
  /** Why the last try failed; null before the first one and after a delivery. */
  readonly failure: string | null
  /** When it was delivered; null before. */
  readonly deliveredAt: Date | null
}
