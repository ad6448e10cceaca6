import type { SimulatorContext } from '../../context.ts'
import type { Barcode } from '../../domain/payment/barcode.ts'
import type { Account, Payment } from '../../domain/payment/payment.ts'
import type { Params } from '../../runtime/params.ts'
import { savePayment } from '../../state.ts'
import { createFieldReader, type FieldReader, type ReadResult, resultOf } from '../field-reader.ts'
import { newAccount, newPgTid } from '../payment/approval.ts'
import { initialPayment, webhookPlanOf } from '../payment/open-payment.ts'
import {
  paymentMembers,
  readApproval,
  readBank,
  readDetails,
  readMethod,
  readOutcome,
  shownMembers,
} from './payment-fields.ts'

/** Stores a payment with any status, complete as after its window, without a window or a webhook. */
export function seedPayment(context: SimulatorContext, params: Params): ReadResult<Payment> {
  const fields = createFieldReader(params)
  fields.allowOnly([...paymentMembers, ...shownMembers])
  const merchantUid = fields.text('merchant_uid', { max: 40 })
  const currency = fields.text('currency', { max: 3, fallback: 'KRW' })
  if (!/^[A-Z]{3}$/.test(currency)) fields.fail('currency', 'three letters A–Z')
  const takesNoMoney = params['customer_uid'] !== undefined || params['member_id'] !== undefined
  const amountMinor = fields.amount('amount', { currency, min: takesNoMoney ? 0 : 1 })
  const outcome = readOutcome(context, fields, { amountMinor, currency, params })
  const method = readMethod(context, fields)
  if (!method.ok) return method
  const { payMethod, channel } = method.value

  const ready: Payment = {
    ...initialPayment,
    ...readDetails(context, fields, params),
    merchantUid,
    currency,
    amountMinor,
    channel,
    payMethod,
    impUid: fields.optional('imp_uid', 32) ?? context.ids.impUid(),
    language: 'ko',
    redirectUrl: null,
    requestedDueAt: null,
    startedAt: outcome.startedAt,
    updatedAt: outcome.startedAt,
    webhook: webhookPlanOf(context),
  }
  const account = payMethod === 'vbank' ? readAccount(context, fields, ready) : null
  const barcode = readBarcode(context, fields, ready)
  const issued = account === null ? ready : { ...ready, account, pgTid: newTid(context, ready) }
  const ended = withOutcome(context, fields, issued, outcome)
  const payment = withRefund(context, fields, ended, outcome)
  const result = resultOf(fields, payment)
  if (!result.ok) return result
  if (barcode !== null) context.state.barcodes.set(payment.impUid, barcode)
  savePayment(context.state, payment)
  return result
}

type Outcome = ReturnType<typeof readOutcome>

function readAccount(context: SimulatorContext, fields: FieldReader, ready: Payment): Account {
  const issued = newAccount(context, ready, readBank(fields))
  return {
    ...issued,
    num: fields.text('vbank_num', { max: 32, fallback: issued.num }),
    holder: fields.optional('vbank_holder', 40) ?? issued.holder,
    dueAt: fields.seconds('vbank_date', issued.dueAt),
    issuedAt: ready.startedAt,
  }
}

function readBarcode(
  { ids, clock, state }: SimulatorContext,
  fields: FieldReader,
  { payMethod }: Payment,
): Barcode | null {
  const number = fields.optional('barcode', 32)
  const expiresAt = fields.seconds('expired_at', 0)
  if (payMethod !== 'cvs') {
    if (number !== null) fields.fail('barcode', 'absent unless pay_method is cvs')
    if (expiresAt !== 0) fields.fail('expired_at', 'absent unless pay_method is cvs')
    return null
  }
  if (expiresAt !== 0 && expiresAt <= clock.seconds()) {
    fields.fail('expired_at', 'a moment in the future')
  }
  const isTaken = [...state.barcodes.values()].some((each) => each.number === number)
  if (isTaken) fields.fail('barcode', 'a barcode that no other payment has')
  return { number: number ?? ids.digits(16), expiresAt: expiresAt || null }
}

function newTid({ ids }: SimulatorContext, payment: Payment): string {
  return newPgTid(ids.digits, payment)
}

function withOutcome(
  context: SimulatorContext,
  fields: FieldReader,
  issued: Payment,
  { status, paidAt, failedAt }: Outcome,
): Payment {
  switch (status) {
    case 'ready':
      return issued
    case 'failed': {
      const failReason = fields.text('fail_reason', { max: 1000, fallback: 'PG사 결제 거절' })
      return { ...issued, status, failedAt, updatedAt: failedAt, failReason }
    }
    case 'paid':
    case 'cancelled': {
      const approval = readApproval(context, fields, issued)
      return { ...issued, ...approval, status, paidAt, updatedAt: paidAt }
    }
  }
}

function withRefund(
  context: SimulatorContext,
  fields: FieldReader,
  payment: Payment,
  { cancelledMinor, cancelledAt }: Outcome,
): Payment {
  if (cancelledMinor === 0) return payment
  const refund = {
    cancellationId: `cancellation-${context.ids.digits(12)}`,
    pgTid: newTid(context, payment),
    amountMinor: cancelledMinor,
    at: cancelledAt,
    reason: fields.optional('cancel_reason', 1000) ?? '',
  }
  return { ...payment, refunds: [refund], updatedAt: cancelledAt }
}
