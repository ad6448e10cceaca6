import type { EventRow, ShopRow } from '../checkers/history.ts'

/** The merchant's side of an event: what it knows of each order and what it did for it. */
export interface Shop {
  readonly rows: ReadonlyMap<string, ShopRow>
  /** Keeps the newest state by its sequence and fulfils a paid order once. */
  receive(event: EventRow): void
  /** Believes the last event to arrive, which is wrong whenever two of them overtake each other. */
  receiveUnordered(event: EventRow): void
  /** Hands the goods over without an event. */
  fulfil(merchantUid: string): void
}

export function createShop(): Shop {
  const rows = new Map<string, ShopRow>()
  const rowOf = (merchantUid: string): ShopRow =>
    rows.get(merchantUid) ?? {
      merchant_uid: merchantUid,
      fulfilled: 0,
      status: null,
      sequence: 0,
    }

  function take({ merchant_uid, status, sequence }: EventRow): void {
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
      if (event.sequence > rowOf(event.merchant_uid).sequence) take(event)
    },
    receiveUnordered: take,
    fulfil(merchantUid) {
      const row = rowOf(merchantUid)
      rows.set(merchantUid, { ...row, fulfilled: row.fulfilled + 1 })
    },
  }
}
