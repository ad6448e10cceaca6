import type { SimulatorContext } from '../../context.ts'
import { isSupported } from '../../domain/channel/pg-providers.ts'
import { balanceOf } from '../../domain/payment/refund.ts'
import { type Receipt, vatIn } from '../../domain/receipt.ts'
import type { Params } from '../../runtime/params.ts'
import { createFieldReader, type FieldReader, type ReadResult, resultOf } from '../field-reader.ts'

const receiptMembers = ['receipt_tid', 'apply_num', 'type', 'vat', 'applied_at', 'cancelled_at']

/** Stores the cash receipt of a payment. */
export function seedReceipt(context: SimulatorContext, params: Params): ReadResult<Receipt> {
  const fields = createFieldReader(params)
  fields.allowOnly(['imp_uid', 'amount', ...receiptMembers])
  const payment = context.state.payments.get(fields.text('imp_uid', { max: 32 }))
  const isCashPaid = payment?.paidAt != null && ['trans', 'vbank'].includes(payment.payMethod)
  if (!isCashPaid || !isSupported(payment.channel.pg_provider, 'receipt issue')) {
    return fields.refuse('imp_uid', 'a transfer or deposit, paid at a PG that issues cash receipts')
  }
  const amount = balanceOf(payment)
  const receipt = readReceipt(context, fields, params, {
    pgProvider: payment.channel.pg_provider,
    amount,
  })
  if (receipt.amount > amount) fields.fail('amount', 'at most the balance of the payment')
  const result = resultOf(fields, receipt)
  if (result.ok) context.state.receipts.set(payment.impUid, receipt)
  return result
}

/** Stores the cash receipt of a sale outside the provider. */
export function seedExternalReceipt(
  context: SimulatorContext,
  params: Params,
): ReadResult<Receipt> {
  const fields = createFieldReader(params)
  fields.allowOnly(['merchant_uid', 'pg_provider', 'amount', ...receiptMembers])
  const merchantUid = fields.text('merchant_uid', { max: 40 })
  const pgProvider = fields.text('pg_provider', { max: 16, fallback: 'html5_inicis' })
  if (!isSupported(pgProvider, 'external receipt issue')) {
    fields.fail('pg_provider', 'a PG that issues cash receipts')
  }
  const receipt = readReceipt(context, fields, params, { pgProvider, amount: null })
  const result = resultOf(fields, receipt)
  if (result.ok) context.state.externalReceipts.set(merchantUid, receipt)
  return result
}

function readReceipt(
  { ids, clock }: SimulatorContext,
  fields: FieldReader,
  params: Params,
  { pgProvider, amount: paid }: { pgProvider: string; amount: number | null },
): Receipt {
  const won = { currency: 'KRW', min: 1 }
  const amount = fields.amount('amount', paid === null ? won : { ...won, fallback: paid })
  const vat = fields.amount('vat', { currency: 'KRW', min: 0, fallback: vatIn(amount, 0) })
  if (vat > amount) fields.fail('vat', 'at most the amount')
  const appliedAt = fields.seconds('applied_at', clock.seconds())
  const cancelledAt = fields.seconds('cancelled_at', appliedAt)
  if (cancelledAt < appliedAt) fields.fail('cancelled_at', 'not before applied_at')
  return {
    pgProvider,
    tid: fields.text('receipt_tid', { max: 64, fallback: `receipt_${ids.digits(16)}` }),
    applyNum: fields.text('apply_num', { max: 20, fallback: ids.digits(9) }),
    type: fields.oneOf('type', ['person', 'company'], 'person'),
    amount,
    vat,
    appliedAt,
    cancelledAt: params['cancelled_at'] === undefined ? null : cancelledAt,
  }
}
