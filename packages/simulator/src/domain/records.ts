import type { Product } from './naver/naver-order.ts'

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

/** One message sent to the merchant, with its response. */
export interface Delivery {
  readonly id: number
  readonly kind: 'webhook' | 'confirm' | 'test'
  /** 1 for the first attempt, up to 6 with resends on. */
  readonly attempt: number
  readonly at: number
  readonly url: string
  readonly imp_uid: string
  readonly content_type: string
  readonly body: string
  /** Null until the merchant has responded. */
  readonly response: DeliveryResponse | null
}

/** The response of the merchant's server, or why there is none. */
export type DeliveryResponse =
  | { readonly status: number; readonly body: string }
  | { readonly error: 'timeout' | 'network'; readonly detail: string }

/** A buyer's review of a product order. */
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
