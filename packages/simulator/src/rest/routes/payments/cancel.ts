import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { contractRefusal } from '../../../domain/contract.ts'
import { toMinor } from '../../../domain/payment/money.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import { explainRefund, ownRefusals, type Refusal, refusals } from '../../../domain/refusals.ts'
import { flagOf, type Params, readBody, textOf } from '../../../runtime/params.ts'
import { refundPayment } from '../../../services/payment/refund-payment.ts'
import { attemptsOf, type SimulatorState } from '../../../state.ts'
import { scheduleWebhook, targetsOf, webhookOf } from '../../../webhooks/deliver.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { serializePayment } from '../../../wire/serialize-payment.ts'

/** POST /payments/cancel. */
export function cancel(context: SimulatorContext): Hono {
  const { state } = context
  const app = new Hono()
  app.post('/payments/cancel', async (c) => {
    const params = await readBody(c.req.raw)
    const impUid = textOf(params, 'imp_uid')
    const merchantUid = textOf(params, 'merchant_uid')
    if (impUid === null && merchantUid === null) return refuse(refusals.cancelWithoutIds)

    const payment = findCancellable(state, impUid, merchantUid)
    if (payment === undefined) return refuse(refusals.nothingToCancel)
    if (lacksRefundAccount(payment, params)) return refuse(ownRefusals.refundAccountMissing)

    const amounts = readAmounts(params, payment.currency)
    if (amounts === null) return refuse(ownRefusals.cancelAmountInvalid)
    const noContract = cancelContractRefusal(context, payment, amounts.amountMinor)
    if (noContract !== null) return refuse(noContract)
    const reason = textOf(params, 'reason') ?? ''
    const retain = flagOf(params, 'retain_promotion')
    const done = refundPayment(context, payment, { ...amounts, reason, retain })
    if (!done.ok) return refuse(explainRefund(done.refusal))

    if (flagOf(params, 'enable_webhook') && targetsOf(context, payment).length > 0) {
      scheduleWebhook(context, done.payment, webhookOf(done.payment, done.refund.cancellationId))
    }
    return succeed(serializePayment(done.payment, context.origin))
  })
  return app
}

/** The amount and checksum of a cancel in minor units, each null when absent; null when one is invalid. */
function readAmounts(
  params: Params,
  currency: string,
): { amountMinor: number | null; checksumMinor: number | null } | null {
  const isGiven = (name: string) => params[name] !== undefined && params[name] !== ''
  const amountMinor = toMinor(params['amount'], currency)
  const checksumMinor = toMinor(params['checksum'], currency)
  if (isGiven('amount') && amountMinor === null) return null
  if (isGiven('checksum') && checksumMinor === null) return null
  return { amountMinor, checksumMinor }
}

// A given imp_uid takes precedence: a wrong one fails even when the merchant_uid is right.
function findCancellable(
  state: SimulatorState,
  impUid: string | null,
  merchantUid: string | null,
): Payment | undefined {
  if (impUid !== null) return state.payments.get(impUid)
  const paid = attemptsOf(state, merchantUid ?? '').filter(({ paidAt }) => paidAt !== null)
  return paid.findLast(({ status }) => status === 'paid') ?? paid.at(-1)
}

function cancelContractRefusal(
  { contracts }: SimulatorContext,
  payment: Payment,
  amountMinor: number | null,
): Refusal | null {
  const isDeposit = payment.account !== null && payment.paidAt !== null
  const isPart = Boolean(amountMinor) && amountMinor !== balanceOf(payment)
  return (
    (isDeposit ? contractRefusal(contracts, 'vbank_refund') : null) ??
    (isPart ? contractRefusal(contracts, 'partial_cancel') : null)
  )
}

function lacksRefundAccount(payment: Payment, params: Params): boolean {
  if (payment.account === null || payment.paidAt === null) return false
  return ['refund_holder', 'refund_bank', 'refund_account'].some(
    (name) => textOf(params, name) === null,
  )
}
