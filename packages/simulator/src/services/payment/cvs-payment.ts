// Barcodes paid at the counter of a convenience store (Galaxia).
import type { SimulatorContext } from '../../context.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { approve } from '../../domain/payment/payment-lifecycle.ts'
import { savePayment } from '../../state.ts'
import { scheduleWebhook, sendMessage, webhookOf } from '../../webhooks/deliver.ts'
import { newApproval } from './approval.ts'

/** How a buyer pays at the counter. */
export type CounterPayType = 'card' | 'cash'

/** The payment after the counter accepted it, or why it did not. */
export type CounterResult =
  | { readonly ok: true; readonly payment: Payment }
  | {
      readonly ok: false
      readonly reason:
        | 'payment_unknown'
        | 'no_barcode'
        | 'not_ready'
        | 'barcode_expired'
        | 'counter_refused'
    }

/** Pays at the counter: calls the shop's confirm_url, then approves; the webhook's status is `paid`. */
export async function payAtCounter(
  context: SimulatorContext,
  impUid: string,
  payType: CounterPayType,
): Promise<CounterResult> {
  const { state, clock } = context
  const barcode = state.barcodes.get(impUid)
  const opened = state.payments.get(impUid)
  if (opened === undefined) return { ok: false, reason: 'payment_unknown' }
  if (barcode === undefined) return { ok: false, reason: 'no_barcode' }
  if (opened.status !== 'ready') return { ok: false, reason: 'not_ready' }
  if (barcode.expiresAt !== null && barcode.expiresAt <= clock.seconds()) {
    return { ok: false, reason: 'barcode_expired' }
  }
  if (!(await isConfirmedByMerchant(context, opened, { number: barcode.number, payType }))) {
    return { ok: false, reason: 'counter_refused' }
  }
  // While the shop's server responded, the barcode may have been paid or voided.
  const current = state.payments.get(impUid) ?? opened
  const done = approve(current, { ...newApproval(context, current), card: null, applyNum: null })
  if (!done.ok) return { ok: false, reason: 'not_ready' }
  scheduleWebhook(context, savePayment(state, done.payment), webhookOf(done.payment))
  return done
}

async function isConfirmedByMerchant(
  context: SimulatorContext,
  { confirmUrl, impUid, merchantUid }: Payment,
  { number, payType }: { number: string; payType: CounterPayType },
): Promise<boolean> {
  if (confirmUrl === null) return true
  const body = {
    event: 'Galaxia.Cvs.Confirm',
    imp_uid: impUid,
    merchant_uid: merchantUid,
    status: 'ready',
    extra: { barcode: number, payType },
  }
  const response = await sendMessage(
    context,
    { kind: 'confirm', url: confirmUrl, body, contentType: 'json' },
    { attempt: 1, timeoutMs: context.timeouts.confirmMs },
  )
  return 'status' in response && response.status === 200
}
