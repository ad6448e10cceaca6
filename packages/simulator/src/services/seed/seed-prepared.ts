import type { SimulatorContext } from '../../context.ts'
import { toAmount } from '../../domain/payment/money.ts'
import type { QuickPrepared } from '../../domain/payment/quickpay.ts'
import type { Prepared } from '../../domain/records.ts'
import type { Params } from '../../runtime/params.ts'
import { createFieldReader, type ReadResult, resultOf } from '../field-reader.ts'

/** Stores an amount as registered before a window opens. */
export function seedPrepared({ state }: SimulatorContext, params: Params): ReadResult<Prepared> {
  const fields = createFieldReader(params)
  fields.allowOnly(['merchant_uid', 'amount', 'currency'])
  const currency = fields.optional('currency', 3)
  const unit = currency ?? 'USD'
  const prepared: Prepared = {
    merchantUid: fields.text('merchant_uid', { max: 40 }),
    amount: toAmount(fields.amount('amount', { currency: unit, min: 0 }), unit),
    currency,
  }
  const result = resultOf(fields, prepared)
  if (result.ok) state.prepared.set(prepared.merchantUid, prepared)
  return result
}

/** Stores a prepaid-money transaction as registered with KCP. */
export function seedQuickPrepared(
  { state }: SimulatorContext,
  params: Params,
): ReadResult<QuickPrepared> {
  const fields = createFieldReader(params)
  fields.allowOnly(['merchant_uid', 'prepaid_amount'])
  const amount = fields.amount('prepaid_amount', { currency: 'KRW', min: 0, fallback: 0 })
  const prepared: QuickPrepared = {
    merchantUid: fields.text('merchant_uid', { max: 40 }),
    prepaidAmount: params['prepaid_amount'] === undefined ? null : amount,
  }
  const result = resultOf(fields, prepared)
  if (result.ok) state.quickPrepared.set(prepared.merchantUid, prepared)
  return result
}
