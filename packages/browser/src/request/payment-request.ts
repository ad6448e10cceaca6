import type { PayMethodExceptPhone } from './pay-method.ts'

/** An address with its scheme: a relative one is lost when a phone leaves the page. */
export type AbsoluteUrl = `${string}://${string}`

/**
 * The channel of a request. Without one, the provider takes the default channel of the account, without a word.
 */
export interface ChannelChoice {
  /** The key of the channel, as the console shows it: `channel-key-…`. */
  readonly channelKey?: string
  /**
   * The PG's code, or the code and the merchant id: `html5_inicis.INIpayTest`. A value that matches no channel selects the
   * default one.
   *
   * @deprecated Use `channelKey`: the provider is giving this parameter up.
   */
  readonly pg?: string
}

/** What the PG's window may offer of cards. */
export interface CardOptions {
  /** Opens the window of one card company. `code` is the company's code at the KFTC, `quota` the months of instalments. */
  readonly direct?: { readonly code: string; readonly quota?: number; readonly usePoint?: boolean }
  /** Cards that are offered, or not; `*` stands for all. */
  readonly detail?: readonly {
    readonly card_code: string
    readonly enabled: boolean
    readonly max_month?: number
  }[]
  readonly useInstallment?: boolean
}

/** An item of an order of Naver Pay. */
export interface NaverProduct {
  readonly categoryType: string
  readonly categoryId: string
  readonly uid: string
  readonly name: string
  readonly payReferrer?: string
  readonly count: number
  readonly sellerId?: string
}

/** An item that a PG's escrow needs. */
export interface EscrowItem {
  readonly orderNumber: string
  readonly name: string
  readonly quantity: number
  readonly amount: number
}

/** An item of Toss Payments' escrow and of PayPal. */
export interface Product {
  readonly id?: string
  readonly name: string
  readonly code?: string
  readonly unitPrice: number
  readonly quantity: number
}

/** The parameters of a window, whatever it is paid by. Names and spelling are the provider's. */
export interface PaymentDetails extends ChannelChoice {
  /** The merchant's id of the order, at most 40 characters. */
  readonly merchant_uid: string
  /** The name of the order that the buyer reads. */
  readonly name?: string
  /** A number, never text: 64900, or 14.2 in a currency with decimals. */
  readonly amount: number
  /** `KRW` by default, at some PGs `USD`. */
  readonly currency?: string
  /** The language of the window. */
  readonly language?: string
  /** Comes back in the record of the payment. */
  readonly custom_data?: Readonly<Record<string, unknown>> | string
  /** The part of the amount without tax. */
  readonly tax_free?: number
  /** The value added tax within the amount. */
  readonly vat_amount?: number | null
  readonly escrow?: boolean
  readonly products?: readonly Product[]
  readonly kcpProducts?: readonly EscrowItem[]
  readonly kiccProducts?: readonly EscrowItem[]
  readonly buyer_name?: string
  readonly buyer_first_name?: string
  readonly buyer_last_name?: string
  readonly buyer_tel?: string
  readonly buyer_email?: string
  readonly buyer_addr?: string
  readonly buyer_postcode?: string
  /** Where a phone comes back to. `requestPay` fills it in with the payment server's `/payments/redirect`. */
  readonly m_redirect_url?: AbsoluteUrl
  /** The scheme of an app, so that a bank's app finds its way back: `myapp`. */
  readonly app_scheme?: string
  readonly popup?: boolean
  /** Asked by the provider just before it approves. */
  readonly confirm_url?: AbsoluteUrl
  /** Where webhooks of this payment go, instead of the address in the console. */
  readonly notice_url?: AbsoluteUrl | readonly AbsoluteUrl[]
  /** The billing key that the window registers. */
  readonly customer_uid?: string
  /** The merchant's id of the buyer. */
  readonly customer_id?: string
  /** Until when a virtual account waits for the deposit, in Seoul: `2026-12-24`, `20261224`, `202612241830`. */
  readonly vbank_due?: string
  /** The merchant's business number, for virtual accounts of Danal. */
  readonly biz_num?: string
  readonly company?: string
  /** Whether the merchant pays for instalments without interest. */
  readonly useFreeInterestFromMall?: boolean
  readonly useCardPoint?: boolean
  readonly appCard?: boolean
  /** The instalments that are offered; `[]` for none. */
  readonly display?: {
    readonly card_quota?: readonly number[]
    readonly only_installment?: boolean
  }
  readonly card?: CardOptions
  readonly phone?: {
    readonly carrier?: string
    readonly detail?: readonly { readonly carrier: string; readonly enabled?: boolean }[]
  }
  readonly prefill?: { readonly phoneNumber?: string }
  readonly cvs?: { readonly payment_deadline?: number }
  /** The period of a service that is sold. */
  readonly period?: { readonly from?: string; readonly to?: string; readonly interval?: string }
  readonly storeDetails?: Readonly<Record<string, unknown>>
  /** What goes to the PG unchanged. */
  readonly bypass?: Readonly<Record<string, unknown>>
  readonly naverProducts?: readonly NaverProduct[]
  readonly naverPopupMode?: boolean
  readonly naverUseCfm?: string
  readonly naverProductCode?: string
  readonly naverProductCount?: number
  readonly naverCultureBenefit?: boolean
  readonly naverPurchaserName?: string
  readonly naverPurchaserBirthday?: string
  readonly naverMerchantUserKey?: string
  readonly naverInterface?: Readonly<Record<string, unknown>>
  readonly niceMobileV2?: boolean
  readonly kakaopayMobileAsPC?: boolean
  readonly use_test_method?: boolean
  readonly auth_mode?: string
  readonly alipay_plus?: { readonly wallet?: string }
  readonly order_description?: string
  readonly isPromotion?: boolean
  readonly promotion_id?: string
}

/**
 * What `IMP.request_pay` is asked for. A payment by phone bill says whether it is for something digital (`digital`), without
 * which the PG refuses it.
 *
 * @example
 * ```ts
 * import type { PaymentRequest } from '@quayside/browser'
 *
 * const order: PaymentRequest = {
 *   channelKey: 'channel-key-893597d6',
 *   pay_method: 'phone',
 *   digital: true,
 *   merchant_uid: 'ORD-1',
 *   name: 'An e-book',
 *   amount: 9_900,
 * }
 * console.log(order.amount)
 * ```
 */
export type PaymentRequest = PaymentDetails &
  (
    | { readonly pay_method: 'phone'; readonly digital: boolean }
    | { readonly pay_method?: PayMethodExceptPhone; readonly digital?: boolean }
  )
