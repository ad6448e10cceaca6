// What Naver Pay asks for delivery: the buyer learns of it in Naver's window, the shop when the payment is read.
import { isRecord } from '../../runtime/params.ts'

type Fields = Readonly<Record<string, unknown>>

/** One product as the browser's `naverProducts` names it, with what it comes to. */
export interface Parcel {
  readonly shipping: Fields
  readonly price: number
  readonly quantity: number
}

/**
 * The delivery fee of each product, in whole won.
 *
 * Products of one `groupId` travel together, under the first one's rule and at its price. Surcharges by area
 * need an address that only Naver knows, and are left out.
 */
export function deliveryFees(parcels: readonly Parcel[]): number[] {
  const total = parcels.reduce((sum, { price }) => sum + price, 0)
  return parcels.map((parcel) => {
    const together = parcels.filter((other) => other === parcel || isTogether(other, parcel))
    if (together[0] !== parcel) return 0
    const quantity = together.reduce((sum, { quantity: each }) => sum + each, 0)
    return feeOf(parcel.shipping, total, quantity)
  })
}

function isTogether({ shipping: one }: Parcel, { shipping: other }: Parcel): boolean {
  const { groupId } = one
  return typeof groupId === 'string' && groupId !== '' && groupId === other['groupId']
}

function feeOf(shipping: Fields, total: number, quantity: number): number {
  // Paid to the courier at the door, and no part of the payment.
  if (shipping['feePayType'] === 'CASH_ON_DELIVERY') return 0
  const base = whole(shipping['baseFee'])
  const rule = isRecord(shipping['feeRule']) ? shipping['feeRule'] : {}
  const free = whole(rule['freeByThreshold'])
  if (free > 0 && total >= free) return 0
  const every = whole(rule['repeatByQty'])
  if (every > 0) return base * Math.ceil(quantity / every)
  return base + surchargeOf(rule['rangesByQty'], quantity)
}

function surchargeOf(ranges: unknown, quantity: number): number {
  const reached = (Array.isArray(ranges) ? ranges.filter(isRecord) : [])
    .filter(({ from }) => whole(from) <= quantity)
    .toSorted((a, b) => whole(a['from']) - whole(b['from']))
  return whole(reached.at(-1)?.['surcharge'])
}

function whole(value: unknown): number {
  const number = Number(value ?? 0)
  return Number.isSafeInteger(number) && number > 0 ? number : 0
}
