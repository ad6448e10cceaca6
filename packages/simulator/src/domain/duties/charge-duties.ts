// What PGs demand of a charge by a server. Sources: the descriptions of onetime and again, and the PGs' pages.
import type { Order } from '../payment/order.ts'
import type { Buyer } from '../payment/payment.ts'
import { type Refusal, refusals } from '../refusals.ts'

/** The buyer's fields without which a PG charges nothing. */
const buyerFields: Readonly<Record<string, readonly (keyof Buyer)[]>> = {
  ksnet: ['name'],
  smartro_v2: ['name', 'email', 'tel'],
  welcome: ['name'],
  paymentwall: ['email'],
}

/** Why a PG charges nothing for an order; null when the order has what it demands. */
export function chargeRefusalOf(pgProvider: string, { name, buyer }: Order): Refusal | null {
  if (pgProvider === 'html5_inicis' && name === '') return refusals.inicisNameMissing
  const missing = buyerFields[pgProvider]?.find((field) => buyer[field] === '')
  if (missing === undefined) return null
  return { status: 400, code: 1, message: `buyer_${missing} 파라메터가 누락되었습니다.` }
}
