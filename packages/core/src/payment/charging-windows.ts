import type { PaymentFields } from './payment.ts'

/** The PGs whose window charges the amount while it issues a billing key, and the pay methods of which they do. */
const chargingWindows: Readonly<Record<string, readonly string[] | 'any'>> = {
  danal: 'any',
  danal_tpay: 'any',
  galaxia: ['phone'],
  kakaopay: 'any',
  mobilians: 'any',
  mobilians_v2: 'any',
  paymentwall: 'any',
  payletter_global: 'any',
  settle_acc: 'any',
  welcome: ['phone'],
}

/** The PGs whose window issues no billing key without a charge, and the pay methods of which it does not. */
const alwaysCharging: Readonly<Record<string, readonly string[] | 'any'>> = {
  danal: 'any',
  galaxia: ['phone'],
  mobilians: 'any',
  mobilians_v2: ['phone'],
  paymentwall: 'any',
  payletter_global: 'any',
  welcome: ['phone'],
}

/**
 * Whether the window of a PG that issues a billing key charges the amount. Elsewhere it only displays it, and the record
 * may have the amount nevertheless.
 *
 * @param payment The PG and the pay method, each null when it is not known.
 * @returns False for a PG that is not known.
 *
 * @example
 * ```ts
 * import { isChargingWindow } from '@quayside/core'
 *
 * console.log(isChargingWindow({ pgProvider: 'kakaopay', payMethod: 'card' })) // true
 * console.log(isChargingWindow({ pgProvider: 'html5_inicis', payMethod: 'card' })) // false
 * ```
 */
export function isChargingWindow(
  payment: Pick<PaymentFields, 'pgProvider' | 'payMethod'>,
): boolean {
  return isListed(chargingWindows, payment)
}

/**
 * Whether the window of a PG issues no billing key unless it charges: it needs an order.
 *
 * @param payment The PG and the pay method, each null when it is not known.
 * @returns False for a PG that is not known.
 *
 * @example
 * ```ts
 * import { alwaysCharges } from '@quayside/core'
 *
 * console.log(alwaysCharges({ pgProvider: 'mobilians_v2', payMethod: 'phone' })) // true
 * ```
 */
export function alwaysCharges(payment: Pick<PaymentFields, 'pgProvider' | 'payMethod'>): boolean {
  return isListed(alwaysCharging, payment)
}

/**
 * Whether a payment is the charge with which a PG tests a card when nothing is to be charged: Danal takes 10 won, and undoes it
 * within an hour.
 *
 * @param payment The payment of a window that issued a billing key.
 * @returns False for any other amount or PG.
 *
 * @example
 * ```ts
 * import { isTestCharge } from '@quayside/core'
 *
 * const amount = { minor: 10, currency: 'KRW' } as const
 * console.log(isTestCharge({ pgProvider: 'danal_tpay', amount })) // true
 * ```
 */
export function isTestCharge({
  pgProvider,
  amount,
}: Pick<PaymentFields, 'pgProvider' | 'amount'>): boolean {
  return pgProvider === 'danal_tpay' && amount.currency === 'KRW' && amount.minor === 10
}

function isListed(
  list: Readonly<Record<string, readonly string[] | 'any'>>,
  { pgProvider, payMethod }: Pick<PaymentFields, 'pgProvider' | 'payMethod'>,
): boolean {
  const pg = pgProvider ?? ''
  const methods = Object.hasOwn(list, pg) ? list[pg] : undefined
  return methods === 'any' || methods?.includes(payMethod ?? '') === true
}
