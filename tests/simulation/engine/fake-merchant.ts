import { type EventRow, isPaid, type MerchantRow } from '../checkers/history.ts'

/** The merchant's receiver of events: the state it has of each order, and how often it fulfilled one. */
export interface FakeMerchant {
  readonly rows: ReadonlyMap<string, MerchantRow>
  /** Keeps the newest state by its sequence, and fulfils a paid order once. */
  receive(event: EventRow): void
  /** Applies events as they arrive, which is wrong whenever one overtakes another. */
  receiveUnordered(event: EventRow): void
  /** Fulfils an order without an event. */
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
    rows.set(merchant_uid, {
      merchant_uid,
      fulfilled: fulfilled === 0 && isPaid(status) ? 1 : fulfilled,
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
