import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { toMinor } from '../../../domain/payment/money.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { explainRefund, ownRefusals, refusals } from '../../../domain/refusals.ts'
import { flagOf, type Params, readBody, textOf } from '../../../runtime/params.ts'
import { refundNow } from '../../../services/payment/refund-payment.ts'
import { attemptsOf, type Ledger } from '../../../state.ts'
import { announce, targetsOf, webhookOf } from '../../../webhooks/deliver.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { presentPayment } from '../../../wire/serialize-payment.ts'

/** POST /payments/cancel. */
export function cancel(world: World): Hono {
  const { ledger } = world
  const app = new Hono()
  app.post('/payments/cancel', async (c) => {
    const params = await readBody(c.req.raw)
    const impUid = textOf(params, 'imp_uid')
    const merchantUid = textOf(params, 'merchant_uid')
    if (impUid === null && merchantUid === null) return refuse(refusals.cancelWithoutIds)

    const payment = cancellable(ledger, impUid, merchantUid)
    if (payment === undefined) return refuse(refusals.nothingToCancel)
    if (lacksRefundAccount(payment, params)) return refuse(ownRefusals.refundAccountMissing)

    const asked = readAmounts(params, payment.currency)
    if (asked === null) return refuse(ownRefusals.cancelAmountInvalid)
    const reason = textOf(params, 'reason') ?? ''
    const retain = flagOf(params, 'retain_promotion')
    const done = refundNow(world, payment, { ...asked, reason, retain })
    if (!done.ok) return refuse(explainRefund(done.refusal))

    if (flagOf(params, 'enable_webhook') && targetsOf(world, payment).length > 0) {
      announce(world, done.payment, webhookOf(done.payment, done.refund.cancellationId))
    }
    return succeed(presentPayment(done.payment))
  })
  return app
}

/** The amount and checksum of a cancel in minor units, null for what was not given; null altogether when one is no amount. */
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

// A given imp_uid decides alone: a wrong one fails even when the merchant_uid beside it is right.
function cancellable(
  ledger: Ledger,
  impUid: string | null,
  merchantUid: string | null,
): Payment | undefined {
  if (impUid !== null) return ledger.payments.get(impUid)
  const paid = attemptsOf(ledger, merchantUid ?? '').filter(({ paidAt }) => paidAt !== null)
  return paid.findLast(({ status }) => status === 'paid') ?? paid.at(-1)
}

function lacksRefundAccount(payment: Payment, params: Params): boolean {
  if (payment.account === null || payment.paidAt === null) return false
  return ['refund_holder', 'refund_bank', 'refund_account'].some(
    (name) => textOf(params, name) === null,
  )
}
