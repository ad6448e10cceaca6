// Card promotions: a discount that the provider takes off when the money comes from the right card company.

/** A card promotion as the merchant's console holds it; whole won. */
export interface Promotion {
  /** Begins with `promotion-id-`. */
  readonly id: string
  /** The card company whose cards it is for, by its KFTC code. */
  readonly card_code: string
  /** What is taken off from which order amount on: a percentage or a sum. */
  readonly steps: readonly {
    readonly from: number
    readonly percent?: number
    readonly won?: number
  }[]
  /** The most a percentage takes off. */
  readonly maxDiscount?: number
}

/** A promotion as one payment has it; minor units. */
export interface AppliedPromotion {
  readonly id: string
  /** Taken off when it was paid. */
  readonly discountMinor: number
  /** Still taken off what is left. */
  readonly leftMinor: number
  /** Whether the first partial cancel kept the discount; null before it. */
  readonly isRetained: boolean | null
}

/** Why a promotion keeps a payment from being asked for. */
export type PromotionRefusal = 'card_unnamed' | 'card_differs'

/** The discount a payment gets (null: none), or why it is not even tried. */
export type DiscountResult =
  | { readonly ok: true; readonly applied: AppliedPromotion | null }
  | { readonly ok: false; readonly reason: PromotionRefusal }

/** What a payment may have a promotion for. */
export interface DiscountRequest {
  readonly promotionId: string | null
  readonly amountMinor: number
  readonly currency: string
  /** The card company; null when nobody has named one. */
  readonly cardCode: string | null
}

/** Looks a promotion up and takes it off; one that is not running, or begins higher, takes nothing. */
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

/** What is taken off an order amount. */
export function discountFor({ steps, maxDiscount }: Promotion, amount: number): number {
  const [step] = steps.filter(({ from }) => from <= amount).toSorted((a, b) => b.from - a.from)
  if (step === undefined) return 0
  const discount = step.won ?? Math.floor((amount * (step.percent ?? 0)) / 100)
  return Math.min(discount, maxDiscount ?? discount, amount)
}

/** What a partial cancel does to a promotion. */
export interface PromotionCancel {
  readonly amountMinor: number
  readonly balanceMinor: number
  /** What is left of the order amount afterwards. */
  readonly restMinor: number
  /** Null: as the first cancel chose. */
  readonly retain: boolean | null
  /** The console's rule; null when it is gone. */
  readonly rule: Promotion | null
}

/** The promotion after a cancel, or why there is no cancel. */
export type PromotionTransition =
  | { readonly ok: true; readonly applied: AppliedPromotion }
  | { readonly ok: false; readonly reason: 'promotion_choice_differs' | 'promotion_broken' }

/**
 * Keeps a discount in proportion, or reckons it anew by the rule.
 *
 * Reckoned anew, what is left may cost more than is still approved: nobody can be charged by a cancel.
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
