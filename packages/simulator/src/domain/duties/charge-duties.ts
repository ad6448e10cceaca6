// What PGs demand of a charge by a server. Sources: the descriptions of onetime and again, and the PGs' pages.
import type { IssuedKey } from '../billing/billing-key.ts'
import type { Order } from '../payment/order.ts'
import type { Buyer } from '../payment/payment.ts'
import { ownRefusals, type Refusal, refusals } from '../refusals.ts'

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

/** The facts of a key's charge. */
export interface KeyChargeFacts {
  readonly order: Order
  readonly holder: Buyer
  /** Whether the order's id was sent before, to a window or in a charge. */
  readonly hasAttempts: boolean
}

/** Why a PG does not charge its key for an order; null when it does. */
export function keyChargeRefusalOf(
  { channel, payMethod }: Pick<IssuedKey, 'channel' | 'payMethod'>,
  { order, holder, hasAttempts }: KeyChargeFacts,
): Refusal | null {
  const { pg_provider: pgProvider, sandbox } = channel
  if (pgProvider === 'naverpay' && hasAttempts) return refusals.orderPaid
  if (pgProvider === 'mobilians_v2' && payMethod === 'card' && sandbox) {
    return ownRefusals.testKeyUncharged
  }
  const unmet = chargeRefusalOf(pgProvider, order)
  if (unmet !== null || pgProvider !== 'paymentwall' || holder.email === '') return unmet
  return order.buyer.email === holder.email ? null : ownRefusals.buyerEmailDiffers
}
