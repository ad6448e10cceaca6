// State machine of a payment; pure functions.
//
//   ready ──approve──► paid ──cancel──► cancelled (partly, then fully)
//     │ └─issue─► ready, with an account ──deposit──► paid
//     └──fail──► failed ──approveLate──► paid
//
// Each function returns the changed payment, or the reason it does not change.
import type { Account, Card, Deposit, Payment } from './payment.ts'

/** Why a payment does not change. */
export interface TransitionRefusal {
  readonly reason: 'not_ready' | 'not_failed' | 'no_account' | 'account_waiting'
  readonly status: Payment['status']
}

/** The changed payment, or why it does not change. */
export type PaymentTransition =
  | { readonly ok: true; readonly payment: Payment }
  | { readonly ok: false; readonly refusal: TransitionRefusal }

/** The PG's data of an approval. */
export interface Approval {
  readonly at: number
  readonly pgTid: string
  readonly applyNum: string | null
  readonly card: Card | null
}

/** Approves a payment that waits in the window. */
export function approve(payment: Payment, approval: Approval): PaymentTransition {
  if (payment.status !== 'ready') return refuse('not_ready', payment)
  if (payment.account !== null) return refuse('account_waiting', payment)
  return become(paid(payment, approval))
}

/** Approves a payment the PG had reported as failed. */
export function approveLate(payment: Payment, approval: Approval): PaymentTransition {
  if (payment.status !== 'failed') return refuse('not_failed', payment)
  return become({ ...paid(payment, approval), failedAt: null, failReason: null })
}

/** Issues a virtual account: still `ready`, now waiting for a deposit. */
export function issue(payment: Payment, account: Account, pgTid: string): PaymentTransition {
  if (payment.status !== 'ready') return refuse('not_ready', payment)
  if (payment.account !== null) return refuse('account_waiting', payment)
  return become({
    ...payment,
    payMethod: 'vbank',
    account,
    pgTid,
    updatedAt: account.issuedAt,
  })
}

/** Records a deposit. The due date is not checked: that is up to the bank. */
export function deposit(payment: Payment, entry: Deposit): PaymentTransition {
  const { account, status } = payment
  const { at } = entry
  if (account === null) return refuse('no_account', payment)
  if (account.deposits !== null && status !== 'failed') {
    const kept = { ...account, deposits: [...account.deposits, entry] }
    // Such an account accepts deposits after it was paid, and after a cancel.
    const isFirst = status === 'ready'
    const paid = isFirst ? ({ status: 'paid', paidAt: at } as const) : {}
    return become({ ...payment, ...paid, account: kept, updatedAt: at })
  }
  if (status !== 'ready') return refuse('not_ready', payment)
  return become({ ...payment, status: 'paid', paidAt: at, updatedAt: at })
}

/** Fails a payment: refused by the PG, the buyer or the shop's confirm_url, or revoked before a deposit. */
export function fail(payment: Payment, failReason: string, at: number): PaymentTransition {
  if (payment.status !== 'ready') return refuse('not_ready', payment)
  return become({ ...payment, status: 'failed', failedAt: at, failReason, updatedAt: at })
}

function paid(payment: Payment, { at, pgTid, applyNum, card }: Approval): Payment {
  return { ...payment, status: 'paid', paidAt: at, updatedAt: at, pgTid, applyNum, card }
}

function become(payment: Payment): PaymentTransition {
  return { ok: true, payment }
}

function refuse(reason: TransitionRefusal['reason'], { status }: Payment): PaymentTransition {
  return { ok: false, refusal: { reason, status } }
}
