import type { BillingKey } from './billing.ts'
import type { Certification } from './certification.ts'
import type { Barcode } from './cvs.ts'
import type { Channel, WebhookPlan } from './desk.ts'
import type { Escrow } from './escrow.ts'
import type { Link } from './link.ts'
import type { Product, ProductOrder } from './naver.ts'
import type { AppliedPromotion } from './promotion.ts'
import type { QuickMember, QuickPrepared } from './quick.ts'
import type { Receipt } from './receipt.ts'
import type { Schedule } from './schedule.ts'

/** The words the provider has for a payment. */
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
  /** What was paid into an account that takes any number of deposits; null for one that takes a single one. */
  readonly deposits: readonly Deposit[] | null
}

/** One deposit into an account that takes many. */
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

/** One payment (one attempt at one order) as the simulated world stores it; times are UNIX seconds, null when not happened. */
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
  /** What its billing key was for: registering it, or a charge. */
  readonly usage: 'issue' | 'payment' | 'payment.scheduled' | null
  readonly customerId: string | null
  /** Whose KCP QuickPay window it was, and what for. */
  readonly quick: { readonly memberId: string; readonly action: string } | null
  /** The card company the shop named in advance. */
  readonly directCard: { readonly code: string; readonly quota: number } | null
  readonly promotion: AppliedPromotion | null
  readonly escrow: boolean
  readonly language: 'ko' | 'en'
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
  /** Wire members a test has put over what the provider would say. */
  readonly overrides: Readonly<Record<string, unknown>>
}

/** What the buyer's fields came as; empty text when the shop gave none. */
export interface Buyer {
  readonly name: string
  readonly email: string
  readonly tel: string
  readonly addr: string
  readonly postcode: string
}

/** An amount registered before the window opens. */
export interface Prepared {
  readonly merchantUid: string
  readonly amount: number
  readonly currency: string | null
}

/** The access token of the merchant account. */
export interface Token {
  readonly accessToken: string
  readonly expiredAt: number
}

/** One message sent to the merchant, with what came back. */
export interface Delivery {
  readonly id: number
  readonly kind: 'webhook' | 'confirm' | 'test'
  /** 1 for the first sending, up to 6 with resends on. */
  readonly attempt: number
  readonly at: number
  readonly url: string
  readonly imp_uid: string
  readonly content_type: string
  readonly body: string
  /** Null while the merchant has not answered. */
  readonly answer: DeliveryAnswer | null
}

/** What the merchant's server said, or why it said nothing. */
export type DeliveryAnswer =
  | { readonly status: number; readonly body: string }
  | { readonly error: 'timeout' | 'network'; readonly detail: string }

/** What a buyer wrote about a product order. */
export interface Review {
  readonly id: string
  readonly type: 'general' | 'premium'
  readonly score: string
  readonly title: string
  readonly content: string | null
  readonly productOrderId: string
  readonly product: Product
  readonly createdAt: number
}

/** Everything one simulated world remembers. */
export interface Ledger {
  readonly payments: Map<string, Payment>
  readonly prepared: Map<string, Prepared>
  /** Barcodes for the counter, by `imp_uid`. */
  readonly barcodes: Map<string, Barcode>
  /** Benepia points that are not what everybody starts with, by login. */
  readonly benepiaPoints: Map<string, number>
  /** What PAYCO was told of the goods, by `imp_uid`. */
  readonly paycoStatuses: Map<string, string>
  /** KCP QuickPay members, by their id. */
  readonly quickMembers: Map<string, QuickMember>
  /** KCP prepaid-money registrations, by `merchant_uid`. */
  readonly quickPrepared: Map<string, QuickPrepared>
  /** Scheduled charges, by `merchant_uid`. */
  readonly schedules: Map<string, Schedule>
  /** Billing keys, by `customer_uid`. */
  readonly billingKeys: Map<string, BillingKey>
  /** Cash receipts of payments, by `imp_uid`. */
  readonly receipts: Map<string, Receipt>
  /** Cash receipts of sales made elsewhere, by `merchant_uid`. */
  readonly externalReceipts: Map<string, Receipt>
  /** Identity verifications, by `imp_uid`. */
  readonly certifications: Map<string, Certification>
  /** What a Naver Pay window was asked to sell, by `imp_uid`. */
  readonly products: Map<string, readonly Product[]>
  /** Naver Pay product orders, by their own id. */
  readonly productOrders: Map<string, ProductOrder>
  readonly reviews: Map<string, Review>
  /** Naver Pay points credited and escrow orders confirmed: what can be done once. */
  readonly naverDone: Map<string, true>
  /** Payment links, by the last part of their address. */
  readonly links: Map<string, Link>
  /** Registered deliveries, by `imp_uid`. */
  readonly escrows: Map<string, Escrow>
  readonly deliveries: Delivery[]
  readonly calls: Map<string, number>
  token: Token | null
}

/** An empty world. */
export function createLedger(): Ledger {
  return {
    payments: new Map(),
    prepared: new Map(),
    billingKeys: new Map(),
    schedules: new Map(),
    barcodes: new Map(),
    benepiaPoints: new Map(),
    paycoStatuses: new Map(),
    quickMembers: new Map(),
    quickPrepared: new Map(),
    receipts: new Map(),
    externalReceipts: new Map(),
    certifications: new Map(),
    products: new Map(),
    productOrders: new Map(),
    reviews: new Map(),
    naverDone: new Map(),
    links: new Map(),
    escrows: new Map(),
    deliveries: [],
    calls: new Map(),
    token: null,
  }
}

/** Every attempt at an order, oldest first. */
export function attemptsOf(ledger: Ledger, merchantUid: string): Payment[] {
  return [...ledger.payments.values()].filter((payment) => payment.merchantUid === merchantUid)
}

/** Writes a payment down and hands it back. */
export function keep(ledger: Ledger, payment: Payment): Payment {
  ledger.payments.set(payment.impUid, payment)
  return payment
}

/** Forgets everything. */
export function wipe(ledger: Ledger): void {
  for (const book of Object.values(ledger)) {
    if (book instanceof Map) book.clear()
    if (Array.isArray(book)) book.length = 0
  }
  ledger.token = null
}
