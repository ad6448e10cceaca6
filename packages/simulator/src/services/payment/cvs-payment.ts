// Barcodes paid at the counter of a convenience store (Galaxia).

import type { World } from '../../context.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { approve } from '../../domain/payment/payment-lifecycle.ts'
import { keep } from '../../state.ts'
import { announce, send, webhookOf } from '../../webhooks/deliver.ts'
import { newApproval } from './approval.ts'
/** What a buyer holds out at the counter. */
export type CounterPay = 'card' | 'cash'

/** The payment after a visit to the counter, or why the clerk takes nothing. */
export type Counted =
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

/** Pays at the counter: asks the shop's confirm_url first, then approves; the webhook says `paid`. */
export async function payAtCounter(
  world: World,
  impUid: string,
  payType: CounterPay,
): Promise<Counted> {
  const { ledger, clock } = world
  const barcode = ledger.barcodes.get(impUid)
  const opened = ledger.payments.get(impUid)
  if (opened === undefined) return { ok: false, reason: 'payment_unknown' }
  if (barcode === undefined) return { ok: false, reason: 'no_barcode' }
  if (opened.status !== 'ready') return { ok: false, reason: 'not_ready' }
  if (barcode.expiresAt !== null && barcode.expiresAt <= clock.seconds()) {
    return { ok: false, reason: 'barcode_expired' }
  }
  if (!(await shopAllows(world, opened, { number: barcode.number, payType }))) {
    return { ok: false, reason: 'counter_refused' }
  }
  // The shop took its time to answer: the barcode may be paid or void by now.
  const current = ledger.payments.get(impUid) ?? opened
  const done = approve(current, { ...newApproval(world, current), card: null, applyNum: null })
  if (!done.ok) return { ok: false, reason: 'not_ready' }
  announce(world, keep(ledger, done.payment), webhookOf(done.payment))
  return done
}

async function shopAllows(
  world: World,
  { confirmUrl, impUid, merchantUid }: Payment,
  { number, payType }: { number: string; payType: CounterPay },
): Promise<boolean> {
  if (confirmUrl === null) return true
  const body = {
    event: 'Galaxia.Cvs.Confirm',
    imp_uid: impUid,
    merchant_uid: merchantUid,
    status: 'ready',
    extra: { barcode: number, payType },
  }
  const answer = await send(
    world,
    { kind: 'confirm', url: confirmUrl, body, contentType: 'json' },
    { attempt: 1, timeoutMs: world.patience.confirmMs },
  )
  return 'status' in answer && answer.status === 200
}
