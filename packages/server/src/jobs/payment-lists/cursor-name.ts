import type { Payee } from '@quayside/core'

/** A cursor of the lists of one payee. */
export type CursorName = 'paid' | 'cancelled' | 'reconciled' | 'reconciling'

/** Returns the name under which a cursor is stored: each payee has its own lists. */
export function cursorOf(name: CursorName, payee: Payee | undefined): string {
  return payee === undefined ? name : `${name}:${payee}`
}
