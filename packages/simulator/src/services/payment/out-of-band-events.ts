// What happens to payments outside the window: at the bank, at the PG, in the provider's console.

import type { World } from '../../context.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import {
  approve,
  approveLate,
  deposit,
  fail,
  type Transition,
} from '../../domain/payment/payment-lifecycle.ts'
import type { RefundRefusal } from '../../domain/payment/refund.ts'
import { keep } from '../../state.ts'
import { announce, deliver, targetsOf, webhookOf } from '../../webhooks/deliver.ts'
import { withDelivery } from '../naver/naver-orders.ts'
import { newApproval, newPgTid } from './approval.ts'
import { refundNow } from './refund-payment.ts'

/** Why a deed was not done. */
export type DeedFailure =
  | { readonly reason: 'payment_unknown' }
  | { readonly reason: 'account_expired' }
  | { readonly reason: 'webhook_target_missing' }
  | { readonly reason: 'not_ready' | 'not_failed' | 'no_account' | 'account_waiting' }
  | RefundRefusal

/** The payment afterwards, or why nothing happened. */
export type Done =
  | { readonly ok: true; readonly payment: Payment }
  | { readonly ok: false; readonly failure: DeedFailure }

/** The buyer's money arrives at an issued virtual account; the webhook `paid` goes out. */
export function depositTo(
  world: World,
  impUid: string,
  { amount, depositor }: { amount?: unknown; depositor?: string } = {},
): Done {
  const payment = world.ledger.payments.get(impUid)
  const at = world.clock.seconds()
  const isNoAmount = amount !== undefined && (toMinor(amount, payment?.currency ?? 'KRW') ?? 0) <= 0
  if (isNoAmount) return { ok: false, failure: { reason: 'amount_invalid' } }
  const isLate = payment?.status === 'ready' && (payment.account?.dueAt ?? at) < at
  if (isLate && world.lateDeposits === 'refused') {
    return { ok: false, failure: { reason: 'account_expired' } }
  }
  return change(
    world,
    impUid,
    (waiting) =>
      deposit(waiting, {
        at,
        amountMinor: toMinor(amount, waiting.currency) ?? waiting.amountMinor,
        depositor: depositor ?? (waiting.buyer.name || '홍길동'),
        pgTid: newPgTid(world.ids.digits, waiting),
      }),
    'announced',
  )
}

/** The PG approves a waiting payment without any window; the webhook `paid` goes out. */
export function approveDirectly(world: World, impUid: string): Done {
  return change(
    world,
    impUid,
    (payment) => approve(withDelivery(world, payment), newApproval(world, payment)),
    'announced',
  )
}

/** The PG approves a payment it had reported as failed; the webhook `paid` goes out. */
export function approveAfterAll(world: World, impUid: string): Done {
  return change(
    world,
    impUid,
    (payment) => approveLate(payment, newApproval(world, payment)),
    'announced',
  )
}

/** The PG refuses; as with the real provider no webhook goes out. */
export function failNow(world: World, impUid: string, reason: string): Done {
  return change(world, impUid, (payment) => fail(payment, reason, world.clock.seconds()), 'silent')
}

/** Somebody presses cancel in the provider's console, for an amount or (null) all that is left; the webhook `cancelled` goes out. */
export function cancelInConsole(world: World, impUid: string, amount: string | null): Done {
  const payment = world.ledger.payments.get(impUid)
  if (payment === undefined) return { ok: false, failure: { reason: 'payment_unknown' } }
  const amountMinor = amount === null ? null : toMinor(amount, payment.currency)
  if (amount !== null && amountMinor === null) {
    return { ok: false, failure: { reason: 'amount_invalid' } }
  }
  const reason = '관리자페이지취소'
  const done = refundNow(world, payment, { amountMinor, checksumMinor: null, reason })
  if (!done.ok) return { ok: false, failure: done.refusal }
  announce(world, done.payment, webhookOf(done.payment, done.refund.cancellationId))
  return done
}

/** The console sends a payment's webhook again, with the status of now. */
export function resendWebhook(world: World, impUid: string): Done {
  const payment = world.ledger.payments.get(impUid)
  if (payment === undefined) return { ok: false, failure: { reason: 'payment_unknown' } }
  if (targetsOf(world, payment).length === 0) {
    return { ok: false, failure: { reason: 'webhook_target_missing' } }
  }
  const last = payment.refunds.at(-1)?.cancellationId
  const body = webhookOf(payment, payment.status === 'cancelled' ? last : undefined)
  const once = { ...payment, webhook: { ...payment.webhook, times: 1 } }
  world.clock.after(0, () => deliver(world, once, body))
  return { ok: true, payment }
}

function change(
  world: World,
  impUid: string,
  become: (payment: Payment) => Transition,
  news: 'announced' | 'silent',
): Done {
  const payment = world.ledger.payments.get(impUid)
  if (payment === undefined) return { ok: false, failure: { reason: 'payment_unknown' } }
  const done = become(payment)
  if (!done.ok) return { ok: false, failure: { reason: done.refusal.reason } }
  keep(world.ledger, done.payment)
  if (news === 'announced') announce(world, done.payment, webhookOf(done.payment))
  return done
}
