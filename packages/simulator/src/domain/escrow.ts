// State machine of an escrow delivery; pure functions. Statuses are those of Inicis.
//
//   2 delivery registered ──► 3 purchase confirmed (31 automatically, 32 by the PG)
//            │ ├──► 4 purchase refused ──► 10 refusal confirmed
//            └─┴──► 8 transaction cancelled

const mayBecome = {
  '2': ['3', '31', '32', '4', '8'],
  '3': [],
  '31': [],
  '32': [],
  '4': ['10', '8'],
  '8': [],
  '10': [],
} as const satisfies Record<string, readonly string[]>

/** The status of an escrow transaction. */
export type EscrowStatus = keyof typeof mayBecome

/** Every status. */
export const escrowStatuses = Object.keys(mayBecome).filter(isEscrowStatus)

/** The parcel of an escrow payment; UNIX seconds. */
export interface Parcel {
  readonly company: string
  readonly invoice: string
  readonly sentAt: number
  readonly appliedAt: number
}

/** An escrow payment whose delivery is registered. */
export interface Escrow {
  readonly parcel: Parcel
  readonly status: EscrowStatus
}

/** The changed escrow, or why it does not change. */
export type EscrowTransition =
  | { readonly ok: true; readonly escrow: Escrow }
  | {
      readonly ok: false
      readonly reason: 'already_registered' | 'not_registered' | 'not_changeable'
    }

/** The shop registers its parcel; allowed once. */
export function registerParcel(existing: Escrow | undefined, parcel: Parcel): EscrowTransition {
  if (existing !== undefined) return { ok: false, reason: 'already_registered' }
  return { ok: true, escrow: { parcel, status: '2' } }
}

/** The shop corrects its parcel; allowed until the buyer has decided. */
export function changeParcel(existing: Escrow | undefined, parcel: Parcel): EscrowTransition {
  if (existing === undefined) return { ok: false, reason: 'not_registered' }
  if (existing.status !== '2') return { ok: false, reason: 'not_changeable' }
  return { ok: true, escrow: { ...existing, parcel } }
}

/** The buyer decides, or the PG on the buyer's behalf. */
export function decideEscrow(existing: Escrow | undefined, status: EscrowStatus): EscrowTransition {
  if (existing === undefined) return { ok: false, reason: 'not_registered' }
  const next: readonly EscrowStatus[] = mayBecome[existing.status]
  if (!next.includes(status)) return { ok: false, reason: 'not_changeable' }
  return { ok: true, escrow: { ...existing, status } }
}

/** Whether a value is one of the PG's seven statuses. */
export function isEscrowStatus(value: unknown): value is EscrowStatus {
  return typeof value === 'string' && Object.hasOwn(mayBecome, value)
}
