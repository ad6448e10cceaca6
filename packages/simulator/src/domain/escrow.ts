// The life of an escrow delivery, in the words of Inicis.
//
//   2 delivery registered ──► 3 purchase confirmed (31 by itself, 32 by force)
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

/** How far an escrow transaction has come. */
export type EscrowStatus = keyof typeof mayBecome

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

/** The escrow as it becomes, or why it does not. */
export type EscrowTransition =
  | { readonly ok: true; readonly escrow: Escrow }
  | {
      readonly ok: false
      readonly reason: 'already_registered' | 'not_registered' | 'not_changeable'
    }

/** The shop registers its parcel, once. */
export function registerParcel(existing: Escrow | undefined, parcel: Parcel): EscrowTransition {
  if (existing !== undefined) return { ok: false, reason: 'already_registered' }
  return { ok: true, escrow: { parcel, status: '2' } }
}

/** The shop corrects its parcel, until the buyer has decided. */
export function changeParcel(existing: Escrow | undefined, parcel: Parcel): EscrowTransition {
  if (existing === undefined) return { ok: false, reason: 'not_registered' }
  if (existing.status !== '2') return { ok: false, reason: 'not_changeable' }
  return { ok: true, escrow: { ...existing, parcel } }
}

/** The buyer, or the PG in the buyer's place, decides. */
export function decideEscrow(existing: Escrow | undefined, status: EscrowStatus): EscrowTransition {
  if (existing === undefined) return { ok: false, reason: 'not_registered' }
  const next: readonly EscrowStatus[] = mayBecome[existing.status]
  if (!next.includes(status)) return { ok: false, reason: 'not_changeable' }
  return { ok: true, escrow: { ...existing, status } }
}

/** Whether a word is one of the PG's seven. */
export function isEscrowStatus(value: unknown): value is EscrowStatus {
  return typeof value === 'string' && Object.hasOwn(mayBecome, value)
}
