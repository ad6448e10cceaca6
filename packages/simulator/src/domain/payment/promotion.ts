// Card promotions: a discount for payments with a card of one company.

/** A card promotion of the merchant's console; whole won. */
export interface Promotion {
  /** Begins with `promotion-id-`. */
  readonly id: string
  /** The card company, by its KFTC code. */
  readonly card_code: string
  /** The discount from an order amount on: a percentage or a sum. */
  readonly steps: readonly {
    readonly from: number
    readonly percent?: number
    readonly won?: number
  }[]
  /** The upper limit of a percentage. */
  readonly maxDiscount?: number
}

/** The promotion of one payment; minor units. */
export interface AppliedPromotion {
  readonly id: string
  /** The discount at the payment. */
  readonly discountMinor: number
  /** The discount on the remaining amount. */
  readonly leftMinor: number
  /** Whether the first partial cancel kept the discount; null before it. */
  readonly isRetained: boolean | null
}

/** Why a promotion prevents a payment. */
export type PromotionRefusal = 'card_unnamed' | 'card_differs'

/** The discount of a payment (null: none), or why the payment is refused. */
export type DiscountResult =
  | { readonly ok: true; readonly applied: AppliedPromotion | null }
  | { readonly ok: false; readonly reason: PromotionRefusal }

/** A payment that requests a promotion. */
export interface DiscountRequest {
  readonly promotionId: string | null
  readonly amountMinor: number
  readonly currency: string
  /** The card company; null when none is named. */
  readonly cardCode: string | null
}

/** Applies a promotion; one that does not exist, or starts at a higher amount, gives no discount. */
export function applyPromotion(
  promotions: readonly Promotion[],
  request: DiscountRequest,
): DiscountResult {
  const promotion = promotions.find(({ id }) => id === request.promotionId)
  if (promotion === undefined || request.currency !== 'KRW') return { ok: true, applied: null }
  if (request.cardCode === null) return { ok: false, reason: 'card_unnamed' }
  if (request.cardCode !== promotion.card_code) return { ok: false, reason: 'card_differs' }
  const discountMinor = discountFor(promotion, request.amountMinor)
  if (discountMinor === 0) return { ok: true, applied: null }
  const { id } = promotion
  return {
    ok: true,
    applied: { id, discountMinor, leftMinor: discountMinor, isRetained: null },
  }
}

/** The discount on an order amount. */
export function discountFor({ steps, maxDiscount }: Promotion, amount: number): number {
  const [step] = steps.filter(({ from }) => from <= amount).toSorted((a, b) => b.from - a.from)
  if (step === undefined) return 0
  const discount = step.won ?? Math.floor((amount * (step.percent ?? 0)) / 100)
  return Math.min(discount, maxDiscount ?? discount, amount)
}

/** A cancel of a payment with a promotion. */
export interface PromotionCancel {
  readonly amountMinor: number
  readonly balanceMinor: number
  /** The order amount that remains after the cancel. */
  readonly restMinor: number
  /** Null: the choice of the first cancel. */
  readonly retain: boolean | null
  /** The promotion in the console; null when it no longer exists. */
  readonly rule: Promotion | null
}

/** The promotion after a cancel, or why there is no cancel. */
export type PromotionTransition =
  | { readonly ok: true; readonly applied: AppliedPromotion }
  | { readonly ok: false; readonly reason: 'promotion_choice_differs' | 'promotion_broken' }

/**
 * Keeps a discount in proportion, or recalculates it by the rule.
 *
 * After a recalculation the remaining order may cost more than is still approved; such a cancel is refused,
 * since a cancel cannot charge the buyer.
 */
export function promotionAfterCancel(
  applied: AppliedPromotion,
  cancel: PromotionCancel,
): PromotionTransition {
  const { amountMinor, balanceMinor, restMinor, rule } = cancel
  const retain = cancel.retain ?? applied.isRetained ?? false
  if (restMinor === 0) return { ok: true, applied: { ...applied, leftMinor: 0 } }
  if (applied.isRetained !== null && applied.isRetained !== retain) {
    return { ok: false, reason: 'promotion_choice_differs' }
  }
  const proportionalMinor = Math.floor((applied.discountMinor * restMinor) / amountMinor)
  const recalculatedMinor = rule === null ? 0 : discountFor(rule, restMinor)
  const leftMinor = retain ? proportionalMinor : recalculatedMinor
  if (restMinor - leftMinor > balanceMinor - applied.leftMinor) {
    return { ok: false, reason: 'promotion_broken' }
  }
  return { ok: true, applied: { ...applied, leftMinor, isRetained: retain } }
}
