/** Waiting to be told, told, or given up until somebody asks for it again. */
export type EventState = 'pending' | 'delivered' | 'failed_permanently'

/** One event as its row has it. */
export interface StoredEvent {
  /** Never changes and never comes twice. */
  readonly id: string
  /** Null, like the sequence, for an event of no order. */
  readonly merchantUid: string | null
  readonly sequence: number | null
  /** Kept as text: a newer deployment may have written a kind that this one does not know. */
  readonly kind: string
  readonly payload: string
  readonly createdAt: Date
  /** When it is to be tried next; null when it is not. */
  readonly dueAt: Date | null
  readonly tries: number
  /** Why the last try failed; null before the first and after one that did not. */
  readonly failure: string | null
  readonly deliveredAt: Date | null
}
