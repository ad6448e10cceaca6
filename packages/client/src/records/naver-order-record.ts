import type { OpenEnum } from '../values/open-enum.ts'

/** The couriers of Naver Pay; `CH1` is any other. */
export type NaverCourier =
  | 'CJGLS'
  | 'KGB'
  | 'DONGBU'
  | 'EPOST'
  | 'REGISTPOST'
  | 'HANJIN'
  | 'HYUNDAI'
  | 'KGBLS'
  | 'INNOGIS'
  | 'DAESIN'
  | 'ILYANG'
  | 'KDEXP'
  | 'CHUNIL'
  | 'CH1'
  | 'HDEXP'
  | 'CVSNET'
  | 'DHL'
  | 'FEDEX'
  | 'GSMNTON'
  | 'WARPEX'
  | 'WIZWA'
  | 'EMS'
  | 'DHLDE'
  | 'ACIEXPRESS'
  | 'EZUSA'
  | 'PANTOS'
  | 'UPS'
  | 'HLCGLOBAL'
  | 'KOREXG'
  | 'TNT'
  | 'SWGEXP'
  | 'DAEWOON'
  | 'USPS'
  | 'IPARCEL'
  | 'KUNYOUNG'
  | 'HPL'
  | 'DADREAM'
  | 'SLX'
  | 'SFEXPRESS'
  | 'HONAM'

/** The shipping address of a product order (`NaverAddress`). */
export interface NaverAddress {
  /** Street and number. */
  readonly base: string
  /** Second line of the address. */
  readonly detail?: string | null
  /** The postal code. */
  readonly postcode: string
  /** The telephone number. */
  readonly tel1: string
  /** A second telephone number. */
  readonly tel2?: string | null
  /** The name of the receiver. */
  readonly name: string
}

/** The person who ordered (`NaverOrderer`). */
export interface NaverOrderer {
  /** The name of the orderer. */
  readonly name: string
  /** Masked. */
  readonly id: string
  /** The telephone number. */
  readonly tel: string
}

/** One product of an order made at Naver Pay (`NaverProductOrderAnnotation`). */
export interface NaverProductOrder {
  /** Naver's id of the product order. */
  readonly product_order_id: string
  /** `PAYED` is Naver's spelling. */
  readonly product_order_status: OpenEnum<
    | 'PAYMENT_WAITING'
    | 'PAYED'
    | 'DELIVERING'
    | 'DELIVERED'
    | 'PURCHASE_DECIDED'
    | 'EXCHANGED'
    | 'CANCELED'
    | 'RETURNED'
    | 'CANCELED_BY_NOPAYMENT'
  >
  /** The claim; null or absent without one. */
  readonly claim_type?: OpenEnum<
    'CANCEL' | 'RETURN' | 'EXCHANGE' | 'PURCHASE_DECISION_HOLDBACK' | 'ADMIN_CANCEL'
  > | null
  /** The status of the claim, e.g. `RETURN_REQUEST`. */
  readonly claim_status?: string | null
  /** Your id of the product. */
  readonly product_id: string
  /** The name of the product. */
  readonly product_name: string
  /** Your id of the option. */
  readonly product_option_id: string
  /** The name of the option. */
  readonly product_option_name: string
  /** Won. */
  readonly product_amount?: number | null
  /** Won. */
  readonly delivery_amount?: number | null
  /** The number of pieces. */
  readonly quantity: number
  /** The person who ordered. */
  readonly orderer?: NaverOrderer | null
  /** The shipping address. */
  readonly shipping_address?: NaverAddress | null
  /** The buyer's message to the courier. */
  readonly shipping_memo?: string | null
  /** UNIX seconds: the deadline of its shipment. */
  readonly shipping_due?: number | null
  /** The personal customs code. */
  readonly individual_code?: string | null
}

/** A buyer's review (`NaverReviewAnnotation`). */
export interface NaverReview {
  /** Naver's id of the review. */
  readonly review_id: string
  /** General: `0` bad, `1` fair, `2` good. Premium: `10` to `13`. */
  readonly score: string
  /** The whole text of a general review, the title of a premium one. */
  readonly title: string
  /** Premium only. */
  readonly content?: string | null
  /** Naver's id of the product order. */
  readonly product_order_id: string
  /** Your id of the product. */
  readonly product_id: string
  /** The name of the product. */
  readonly product_name: string
  /** The name of the option. */
  readonly product_option_name?: string | null
  /** Masked. */
  readonly writer: string
  /** UNIX seconds. */
  readonly created_at: number
  /** UNIX seconds. */
  readonly modified_at?: number | null
}

/** The amounts for which a cash receipt can be issued, in won (`NaverCashAmountAnnotation`). */
export interface NaverCashAmount {
  /** The total. */
  readonly amount_total: number
  /** The part paid with Naver Pay points. */
  readonly amount_by_npoint: number
  /** The part paid with money. */
  readonly amount_by_primary: number
  /** The supply value within it (공급가액). */
  readonly amount_supply: number
  /** The VAT within it. */
  readonly amount_vat: number
}
