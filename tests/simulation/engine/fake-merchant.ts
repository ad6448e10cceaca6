import type { EventRow, MerchantRow } from '../checkers/history.ts'

/** The merchant's side of an event: what it knows of each order and what it did for it. */
export interface FakeMerchant {
  readonly rows: ReadonlyMap<string, MerchantRow>
  /** Keeps the newest state by its sequence and fulfils a paid order once. */
  receive(event: EventRow): void
  /** Believes the last event to arrive, which is wrong whenever two of them overtake each other. */
  receiveUnordered(event: EventRow): void
  /** Hands the goods over without an event. */
  fulfil(merchantUid: string): void
}

export function createFakeMerchant(): FakeMerchant {
  const rows = new Map<string, MerchantRow>()
  const rowOf = (merchantUid: string): MerchantRow =>
    rows.get(merchantUid) ?? {
      merchant_uid: merchantUid,
      fulfilled: 0,
      status: null,
      sequence: 0,
    }

  function apply({ merchant_uid, status, sequence }: EventRow): void {
    const { fulfilled } = rowOf(merchant_uid)
    const isPaid = status === 'paid' || status === 'partially_cancelled'
    rows.set(merchant_uid, {
      merchant_uid,
      fulfilled: fulfilled === 0 && isPaid ? 1 : fulfilled,
      status,
      sequence,
    })
  }

  return {
    rows,
    receive(event) {
      if (event.sequence > rowOf(event.merchant_uid).sequence) apply(event)
    },
    receiveUnordered: apply,
    fulfil(merchantUid) {
      const row = rowOf(merchantUid)
      rows.set(merchantUid, { ...row, fulfilled: row.fulfilled + 1 })
    },
  }
}
