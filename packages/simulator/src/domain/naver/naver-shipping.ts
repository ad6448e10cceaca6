// Naver Pay's delivery fees: the buyer sees them in Naver's window, the shop in the payment's record.
import { isRecord } from '../../runtime/params.ts'

type Fields = Readonly<Record<string, unknown>>

/** One product of the browser's `naverProducts`, with its price and quantity. */
export interface ShippingLine {
  readonly shipping: Fields
  readonly price: number
  readonly quantity: number
}

/**
 * The delivery fee of each product, in whole won.
 *
 * Products of one `groupId` are shipped together, by the first one's rule and fee. Surcharges by area need
 * the address, which only Naver has, and are not included.
 */
export function deliveryFees(lines: readonly ShippingLine[]): number[] {
  const total = lines.reduce((sum, { price }) => sum + price, 0)
  return lines.map((line) => {
    const group = lines.filter((other) => other === line || shipsTogether(other, line))
    if (group[0] !== line) return 0
    const quantity = group.reduce((sum, { quantity: each }) => sum + each, 0)
    return feeOf(line.shipping, total, quantity)
  })
}

function shipsTogether(
  { shipping: one }: ShippingLine,
  { shipping: other }: ShippingLine,
): boolean {
  const { groupId } = one
  return typeof groupId === 'string' && groupId !== '' && groupId === other['groupId']
}

function feeOf(shipping: Fields, total: number, quantity: number): number {
  // Paid to the courier on delivery, and not part of the payment.
  if (shipping['feePayType'] === 'CASH_ON_DELIVERY') return 0
  const base = toWholeNumber(shipping['baseFee'])
  const rule = isRecord(shipping['feeRule']) ? shipping['feeRule'] : {}
  const free = toWholeNumber(rule['freeByThreshold'])
  if (free > 0 && total >= free) return 0
  const repeatEvery = toWholeNumber(rule['repeatByQty'])
  if (repeatEvery > 0) return base * Math.ceil(quantity / repeatEvery)
  return base + surchargeOf(rule['rangesByQty'], quantity)
}

function surchargeOf(ranges: unknown, quantity: number): number {
  const reached = (Array.isArray(ranges) ? ranges.filter(isRecord) : [])
    .filter(({ from }) => toWholeNumber(from) <= quantity)
    .toSorted((a, b) => toWholeNumber(a['from']) - toWholeNumber(b['from']))
  return toWholeNumber(reached.at(-1)?.['surcharge'])
}

function toWholeNumber(value: unknown): number {
  const number = Number(value ?? 0)
  return Number.isSafeInteger(number) && number > 0 ? number : 0
}
