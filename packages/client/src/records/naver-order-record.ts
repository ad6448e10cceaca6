import type { OpenEnum } from '../open-enum.ts'

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
  readonly base: string
  readonly detail?: string | null
  readonly postcode: string
  readonly tel1: string
  readonly tel2?: string | null
  readonly name: string
}

/** The person who ordered (`NaverOrderer`). */
export interface NaverOrderer {
  readonly name: string
  /** Masked. */
  readonly id: string
  readonly tel: string
}

/** One product of an order made at Naver Pay (`NaverProductOrderAnnotation`). */
export interface NaverProductOrder {
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
  readonly claim_type?: OpenEnum<
    'CANCEL' | 'RETURN' | 'EXCHANGE' | 'PURCHASE_DECISION_HOLDBACK' | 'ADMIN_CANCEL'
  > | null
  /** The status of the claim, e.g. `RETURN_REQUEST`. */
  readonly claim_status?: string | null
  readonly product_id: string
  readonly product_name: string
  readonly product_option_id: string
  readonly product_option_name: string
  /** Won. */
  readonly product_amount?: number | null
  /** Won. */
  readonly delivery_amount?: number | null
  readonly quantity: number
  readonly orderer?: NaverOrderer | null
  readonly shipping_address?: NaverAddress | null
  readonly shipping_memo?: string | null
  /** UNIX seconds: the deadline of its shipment. */
  readonly shipping_due?: number | null
  /** The personal customs code. */
  readonly individual_code?: string | null
}

/** A buyer's review (`NaverReviewAnnotation`). */
export interface NaverReview {
  readonly review_id: string
  /** General: `0` bad, `1` fair, `2` good. Premium: `10` to `13`. */
  readonly score: string
  /** The whole text of a general review, the title of a premium one. */
  readonly title: string
  /** Premium only. */
  readonly content?: string | null
  readonly product_order_id: string
  readonly product_id: string
  readonly product_name: string
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
  readonly amount_total: number
  /** The part paid with Naver Pay points. */
  readonly amount_by_npoint: number
  /** The part paid with money. */
  readonly amount_by_primary: number
  readonly amount_supply: number
  readonly amount_vat: number
}
