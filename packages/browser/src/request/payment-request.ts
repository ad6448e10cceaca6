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
  /** Whether instalments may be chosen. */
  readonly useInstallment?: boolean
}

/** A product line of Naver Pay, payment type (`naverpay`). */
export interface NaverPayProduct {
  /** Naver Pay's kind of goods, such as `BOOK`. */
  readonly categoryType: string
  /** Naver Pay's category within the kind, such as `GENERAL`. */
  readonly categoryId: string
  /** The merchant's id of the goods. */
  readonly uid: string
  /** The name that the buyer reads. */
  readonly name: string
  /** Where the buyer came from, in Naver Pay's words, such as `NAVER_BOOK`. */
  readonly payReferrer?: string
  /** The number of pieces. */
  readonly count: number
  /** The first day of what is booked, `YYYYMMDD`. */
  readonly startDate?: string
  /** The last day of what is booked, `YYYYMMDD`. */
  readonly endDate?: string
  /** The sub-merchant who sells it. */
  readonly sellerId?: string
}

/** Goods of Naver Pay, order type (`naverco`). Prices are whole won. */
export interface NaverOrderProduct {
  /** The merchant's id of the goods. */
  readonly id: string
  /** The merchant's management code; `id` by default. */
  readonly merchantProductId?: string
  /** The id at Naver Shopping; `id` by default. */
  readonly ecMallProductId?: string
  /** The name that the buyer reads. */
  readonly name: string
  /** The price of one piece. */
  readonly basePrice: number
  /** Whether the goods are taxed. */
  readonly taxType?: 'TAX' | 'TAX_FREE'
  /** The number of pieces of goods without options. */
  readonly quantity?: number
  /** The page of the goods. */
  readonly infoUrl: string
  /** The picture of the goods. */
  readonly imageUrl: string
  /** What comes with it for nothing. */
  readonly giftName?: string
  /** The chosen options, each with its own number of pieces and its difference of price. */
  readonly options?: readonly {
    readonly optionQuantity: number
    readonly optionPrice: number
    readonly selectionCode?: string
    readonly selections?: readonly {
      readonly code: string
      readonly label: string
      readonly value: string
    }[]
  }[]
  /** What is bought beside the goods (추가구성품), at a price for one piece. */
  readonly supplements?: readonly {
    readonly id: string
    readonly name: string
    readonly price: number
    readonly quantity: number
  }[]
  /** How the goods are delivered, and what that costs. */
  readonly shipping: {
    readonly groupId?: string
    readonly method?: 'DELIVERY' | 'QUICK_SVC' | 'DIRECT_DELIVERY' | 'VISIT_RECEIPT' | 'NOTHING'
    readonly baseFee: number
    readonly feeType?: 'FREE' | 'CHARGE' | 'CONDITIONAL_FREE' | 'CHARGE_BY_QUANTITY'
    readonly feePayType: 'PREPAYED' | 'CASH_ON_DELIVERY'
    readonly feeRule?: Readonly<Record<string, unknown>>
  }
}

/** An item that a PG's escrow needs. */
export interface EscrowItem {
  /** The merchant's id of this item within the order. */
  readonly orderNumber: string
  /** The name of the goods. */
  readonly name: string
  /** The number of pieces. */
  readonly quantity: number
  /** The price, in the unit of the currency. */
  readonly amount: number
}

/** An item of Toss Payments' escrow and of PayPal. */
export interface Product {
  /** The merchant's id of the goods. */
  readonly id?: string
  /** The name of the goods. */
  readonly name: string
  /** The merchant's code of the goods. */
  readonly code?: string
  /** The price of one piece, in the unit of the currency. */
  readonly unitPrice: number
  /** The number of pieces. */
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
  /** True opens a payment in escrow (에스크로). */
  readonly escrow?: boolean
  /** The items, which escrow of Toss Payments and PayPal need. */
  readonly products?: readonly Product[]
  /** The items of a payment in escrow at KCP. */
  readonly kcpProducts?: readonly EscrowItem[]
  /** The items of a payment in escrow at KICC. */
  readonly kiccProducts?: readonly EscrowItem[]
  /** The buyer's name. */
  readonly buyer_name?: string
  /** The buyer's first name, for PGs overseas. */
  readonly buyer_first_name?: string
  /** The buyer's last name, for PGs overseas. */
  readonly buyer_last_name?: string
  /** The buyer's telephone number, which several PGs refuse a request without. */
  readonly buyer_tel?: string
  /** The buyer's email address. */
  readonly buyer_email?: string
  /** The buyer's postal address. */
  readonly buyer_addr?: string
  /** The buyer's postal code. */
  readonly buyer_postcode?: string
  /** Where a phone comes back to. `requestPay` fills it in with the payment server's `/payments/redirect`. */
  readonly m_redirect_url?: AbsoluteUrl
  /** The scheme of an app, so that a bank's app finds its way back: `myapp`. */
  readonly app_scheme?: string
  /** True opens the window as a popup on a PC. An app's web view has none. */
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
  /** The name of the shop in the window. */
  readonly company?: string
  /** Whether the merchant pays for instalments without interest. */
  readonly useFreeInterestFromMall?: boolean
  /** Whether the points of a card may be used. */
  readonly useCardPoint?: boolean
  /** True offers payment by the card company's app only. */
  readonly appCard?: boolean
  /** The instalments that are offered; `[]` for none. */
  readonly display?: {
    readonly card_quota?: readonly number[]
    readonly only_installment?: boolean
  }
  /** What the window offers of cards. */
  readonly card?: CardOptions
  /** What the window offers of carriers, in a payment by phone bill. */
  readonly phone?: {
    readonly carrier?: string
    readonly detail?: readonly { readonly carrier: string; readonly enabled?: boolean }[]
  }
  /** What the window is filled in with. */
  readonly prefill?: { readonly phoneNumber?: string }
  /** Payment at a convenience store in Japan: `payment_deadline` is in hours. */
  readonly cvs?: { readonly payment_deadline?: number }
  /** The period of a service that is sold. */
  readonly period?: { readonly from?: string; readonly to?: string; readonly interval?: string }
  /** The sub-merchant at PGs that want to know it, passed on unchanged. */
  readonly storeDetails?: Readonly<Record<string, unknown>>
  /** What goes to the PG unchanged. */
  readonly bypass?: Readonly<Record<string, unknown>>
  /** The product lines, which Naver Pay needs: those that the payment server has of the order. */
  readonly naverProducts?: readonly NaverPayProduct[] | readonly NaverOrderProduct[]
  /** True opens Naver Pay as a popup on a PC. */
  readonly naverPopupMode?: boolean
  /** Naver Pay: the day on which the goods are used up, `YYYYMMDD`. */
  readonly naverUseCfm?: string
  /** Naver Pay: the merchant's code of a subscription's plan, by which the same buyer is known. */
  readonly naverProductCode?: string
  /** Naver Pay: the number of items beside the one that is named. */
  readonly naverProductCount?: number
  /** Naver Pay: true for books and shows, whose price is deducted from the taxable income. */
  readonly naverCultureBenefit?: boolean
  /** Naver Pay: the buyer's name, for merchants who have to know it. */
  readonly naverPurchaserName?: string
  /** Naver Pay: the buyer's birthday, `YYYYMMDD`. */
  readonly naverPurchaserBirthday?: string
  /** Naver Pay: the merchant's id of the buyer. */
  readonly naverMerchantUserKey?: string
  /** Naver Pay: where the buyer came from, as an object of its own words. */
  readonly naverInterface?: Readonly<Record<string, unknown>>
  /** NICE Payments: the newer window on phones. */
  readonly niceMobileV2?: boolean
  /** Kakao Pay: the QR code of a PC on phones, too. */
  readonly kakaopayMobileAsPC?: boolean
  /** Paymentwall: its test method in a window of a live channel. */
  readonly use_test_method?: boolean
  /** `key-in`: the buyer types the card's number into the window, where the contract allows it. */
  readonly auth_mode?: string
  /** KICC overseas: the wallet of Alipay+, such as `gcash`. */
  readonly alipay_plus?: { readonly wallet?: string }
  /** KICC overseas: a description of the order, without which it refuses. */
  readonly order_description?: string
  /** True where a promotion of the provider applies. */
  readonly isPromotion?: boolean
  /** The promotion (프로모션) to apply; its card has to be `card.direct.code`. */
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
