import type { Language } from '../../runtime/language.ts'
import type { Channel, WebhookPlan } from '../channel/channel.ts'
import type { AppliedPromotion } from './promotion.ts'

/** The provider's statuses of a payment. */
export type Status = 'ready' | 'paid' | 'failed' | 'cancelled'

/** One cancel, full or partial. */
export interface Refund {
  readonly cancellationId: string
  readonly pgTid: string
  readonly amountMinor: number
  readonly at: number
  readonly reason: string
}

/** A virtual account issued for a payment. */
export interface Account {
  readonly code: string
  readonly name: string
  readonly num: string
  readonly holder: string | null
  readonly dueAt: number
  readonly issuedAt: number
  /** The deposits of an account that accepts any number; null for one that accepts a single deposit. */
  readonly deposits: readonly Deposit[] | null
}

/** One deposit into an account that accepts many. */
export interface Deposit {
  readonly pgTid: string
  readonly amountMinor: number
  readonly depositor: string
  readonly at: number
}

/** The card a payment was approved on. */
export interface Card {
  readonly code: string
  readonly name: string
  readonly number: string
  readonly quota: number
  readonly type: 0 | 1
}

/** One payment (one attempt at one order); times are UNIX seconds, null when not happened. */
export interface Payment {
  readonly impUid: string
  readonly merchantUid: string
  readonly channel: Channel
  readonly via: 'pc' | 'mobile' | 'api'
  readonly payMethod: string
  readonly name: string
  readonly amountMinor: number
  readonly currency: string
  readonly buyer: Buyer
  readonly customData: string | null
  readonly customerUid: string | null
  /** Whether its billing key was registered or charged. */
  readonly usage: 'issue' | 'payment' | 'payment.scheduled' | null
  readonly customerId: string | null
  /** The member and action of a KCP QuickPay window. */
  readonly quick: { readonly memberId: string; readonly action: string } | null
  /** The card company the shop chose. */
  readonly directCard: { readonly code: string; readonly quota: number } | null
  readonly promotion: AppliedPromotion | null
  readonly escrow: boolean
  readonly language: Language
  readonly userAgent: string | null
  readonly noticeUrls: readonly string[]
  readonly confirmUrl: string | null
  readonly redirectUrl: string | null
  readonly requestedDueAt: number | null
  readonly status: Status
  readonly pgTid: string | null
  readonly applyNum: string | null
  readonly card: Card | null
  readonly account: Account | null
  readonly startedAt: number
  readonly paidAt: number | null
  readonly failedAt: number | null
  readonly updatedAt: number
  readonly failReason: string | null
  readonly refunds: readonly Refund[]
  readonly webhook: WebhookPlan
  /** Members of the wire record that a test overrides. */
  readonly overrides: Readonly<Record<string, unknown>>
}

/** The buyer's fields; empty text when the shop gave none. */
export interface Buyer {
  readonly name: string
  readonly email: string
  readonly tel: string
  readonly addr: string
  readonly postcode: string
}
