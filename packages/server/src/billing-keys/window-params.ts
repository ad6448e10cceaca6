import { toAmount } from '@quayside/core'
import type { BillingKey } from '../domain/billing-key.ts'
import { toProviderKey } from '../domain/payee.ts'
import { toPgCustomerId } from './pg-customer-id.ts'

/** The parameters of `IMP.request_pay`, in wire names, to which the page adds the buyer's. */
export interface WindowParams {
  readonly pg?: string
  readonly channelKey?: string
  readonly pay_method: string
  readonly merchant_uid: string
  readonly customer_uid: string
  readonly customer_id: string
  readonly name: string
  readonly amount: number
  readonly currency: string
}

/** Returns how the page opens the window of a registration; null where there is none. */
export async function toWindowParams({
  requested,
  registrationId,
  orderUid,
  customerUid,
  customerId,
}: BillingKey): Promise<WindowParams | null> {
  const { method, pg, channelKey, payMethod, amount, name } = requested
  if (method !== 'window') return null
  return {
    ...(pg === null ? {} : { pg }),
    ...(channelKey === null ? {} : { channelKey }),
    pay_method: payMethod ?? 'card',
    merchant_uid: orderUid ?? registrationId,
    customer_uid: toProviderKey(customerUid),
    customer_id: await toPgCustomerId(customerId),
    name: name ?? '결제수단 등록',
    amount: toAmount(amount),
    currency: amount.currency,
  }
}
