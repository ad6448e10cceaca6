// The product lines that Naver Pay needs, in the provider's own words: `naverProducts` of the window.

/** A line of a payment with Naver Pay, payment type (`naverpay`). */
export interface NaverPayProduct {
  /** Naver Pay's kind of goods, such as `BOOK`. */
  readonly categoryType: string
  /** Naver Pay's category within the kind, such as `GENERAL`. */
  readonly categoryId: string
  /** The merchant's id of the goods. */
  readonly uid: string
  /** The name that the buyer reads. */
  readonly name: string
  /** The number of pieces, at least 1. */
  readonly count: number
  /** Where the buyer came from, such as `NAVER_BOOK`. */
  readonly payReferrer?: string | undefined
  /** The first day of what is booked, `YYYYMMDD`. */
  readonly startDate?: string | undefined
  /** The last day of what is booked, `YYYYMMDD`. */
  readonly endDate?: string | undefined
  /** The sub-merchant who sells it, letters and digits; for marketplaces by contract. */
  readonly sellerId?: string | undefined
}

/** Goods of an order with Naver Pay, order type (`naverco`). Prices are whole won. */
export interface NaverOrderProduct {
  /** The merchant's id of the goods. */
  readonly id: string
  /** The merchant's management code; `id` by default. */
  readonly merchantProductId?: string | undefined
  /** The id at Naver Shopping; `id` by default. */
  readonly ecMallProductId?: string | undefined
  /** The name that the buyer reads. */
  readonly name: string
  /** The price of one piece. */
  readonly basePrice: number
  /** Whether the price has value added tax in it; `TAX` by default. */
  readonly taxType?: 'TAX' | 'TAX_FREE' | undefined
  /** The number of pieces of goods without options. */
  readonly quantity?: number | undefined
  /** The page of the goods. */
  readonly infoUrl: string
  /** The picture of the goods. */
  readonly imageUrl: string
  /** What comes with it for nothing. */
  readonly giftName?: string | undefined
  /** The chosen options; none for goods without. */
  readonly options?: readonly NaverOption[] | undefined
  /** What is bought beside it; none by default. */
  readonly supplements?: readonly NaverSupplement[] | undefined
  /** How it is delivered. */
  readonly shipping: NaverShipping
}

/** Chosen options of goods. */
export interface NaverOption {
  /** The number of pieces with these options. */
  readonly optionQuantity: number
  /** What one piece costs more, or less if negative. */
  readonly optionPrice: number
  /** The merchant's code of the combination. */
  readonly selectionCode?: string | undefined
  /** Each choice: the merchant's code of the option, its label, and the chosen value. */
  readonly selections?:
    | readonly { readonly code: string; readonly label: string; readonly value: string }[]
    | undefined
}

/** What is bought beside goods (추가구성품). */
export interface NaverSupplement {
  /** The merchant's id of the supplement. */
  readonly id: string
  /** The name that the buyer reads. */
  readonly name: string
  /** The price of one piece. */
  readonly price: number
  /** The number of pieces. */
  readonly quantity: number
}

/** How goods are delivered, and what that costs. */
export interface NaverShipping {
  /** Goods of one group are delivered together. */
  readonly groupId?: string | undefined
  /** How it is delivered; by parcel by default. */
  readonly method?:
    | 'DELIVERY'
    | 'QUICK_SVC'
    | 'DIRECT_DELIVERY'
    | 'VISIT_RECEIPT'
    | 'NOTHING'
    | undefined
  /** What the delivery costs before any surcharge. */
  readonly baseFee: number
  /** Deprecated by the provider: `feeRule` says it. */
  readonly feeType?: 'FREE' | 'CHARGE' | 'CONDITIONAL_FREE' | 'CHARGE_BY_QUANTITY' | undefined
  /** Whether the buyer pays for the delivery now or on receipt. */
  readonly feePayType: 'PREPAYED' | 'CASH_ON_DELIVERY'
  /** What changes the fee; nothing by default. */
  readonly feeRule?:
    | {
        /** From which sum on the delivery is free. */
        readonly freeByThreshold?: number | undefined
        /** For how many pieces the fee is charged once. */
        readonly repeatByQty?: number | undefined
        readonly rangesByQty?:
          | readonly { readonly from: number; readonly surcharge: number }[]
          | undefined
        readonly surchargesByArea?:
          | readonly { readonly area: readonly ('island' | 'jeju')[]; readonly surcharge: number }[]
          | undefined
      }
    | undefined
}

/** The product lines of an order, all of one type. */
export type NaverProducts = readonly NaverPayProduct[] | readonly NaverOrderProduct[]
