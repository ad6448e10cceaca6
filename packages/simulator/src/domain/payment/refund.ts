import type { Payment, Refund } from './payment.ts'
import { type Promotion, promotionAfterCancel } from './promotion.ts'

/** A requested cancel, in minor units. */
export interface RefundRequest {
  /** Null or 0: the whole balance. */
  readonly amountMinor: number | null
  /** The balance the caller expects; null is not compared. */
  readonly checksumMinor: number | null
  readonly reason: string
  readonly at: number
  readonly cancellationId: string
  readonly pgTid: string
  /** The status of a partly cancelled payment. */
  readonly partialStatus: 'cancelled' | 'paid'
  /** Whether a promotion is kept although its rule no longer applies; null: the choice of the first cancel. */
  readonly retain: boolean | null
  readonly promotions: readonly Promotion[]
}

/** Why nothing was cancelled. */
export type RefundRefusal =
  | { readonly reason: 'not_paid' }
  | { readonly reason: 'already_cancelled' }
  | { readonly reason: 'amount_invalid' }
  | { readonly reason: 'checksum_mismatch'; readonly balanceMinor: number }
  | { readonly reason: 'balance_exceeded'; readonly balanceMinor: number }
  | { readonly reason: 'promotion_choice_differs' | 'promotion_broken' }

/** The payment after the cancel, or why it does not change. */
export type RefundResult =
  | { readonly ok: true; readonly payment: Payment; readonly refund: Refund }
  | { readonly ok: false; readonly refusal: RefundRefusal }

/** Cancels the whole balance or a part of it. */
export function refund(payment: Payment, request: RefundRequest): RefundResult {
  const balanceMinor = balanceOf(payment)
  const refusal = refusalOf(payment, request, balanceMinor)
  if (refusal !== null) return { ok: false, refusal }

  const entry: Refund = {
    cancellationId: request.cancellationId,
    pgTid: request.pgTid,
    amountMinor: request.amountMinor || balanceMinor,
    at: request.at,
    reason: request.reason,
  }
  const isFull = entry.amountMinor === balanceMinor
  const { promotion } = payment
  const transition =
    promotion &&
    promotionAfterCancel(promotion, {
      amountMinor: payment.amountMinor,
      balanceMinor,
      restMinor: balanceMinor - entry.amountMinor,
      retain: request.retain,
      rule: request.promotions.find(({ id }) => id === promotion.id) ?? null,
    })
  if (transition?.ok === false) return { ok: false, refusal: { reason: transition.reason } }
  return {
    ok: true,
    refund: entry,
    payment: {
      ...payment,
      status: isFull ? 'cancelled' : request.partialStatus,
      refunds: [...payment.refunds, entry],
      promotion: transition?.applied ?? null,
      updatedAt: request.at,
    },
  }
}

/** The amount that can still be cancelled, in minor units. */
export function balanceOf({ amountMinor, refunds }: Payment): number {
  return amountMinor - refunds.reduce((sum, entry) => sum + entry.amountMinor, 0)
}

function refusalOf(
  payment: Payment,
  { amountMinor, checksumMinor }: RefundRequest,
  balanceMinor: number,
): RefundRefusal | null {
  if (payment.status !== 'paid' && payment.status !== 'cancelled') return { reason: 'not_paid' }
  if (payment.status === 'cancelled' && balanceMinor <= 0) return { reason: 'already_cancelled' }
  if (amountMinor !== null && amountMinor < 0) return { reason: 'amount_invalid' }
  if (checksumMinor !== null && checksumMinor !== balanceMinor) {
    return { reason: 'checksum_mismatch', balanceMinor }
  }
  if (amountMinor !== null && amountMinor > balanceMinor) {
    return { reason: 'balance_exceeded', balanceMinor }
  }
  return null
}
