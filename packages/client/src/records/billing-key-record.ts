import type { OpenEnum } from '../open-enum.ts'

/** The channel of a billing key and its card. */
interface KeyedCard {
  readonly pg_provider: string
  readonly pg_id: string
  /** Korean; null with `paypal_v2`. */
  readonly card_name?: string | null
  readonly card_code?: string | null
  readonly card_issuer_code?: string | null
  readonly card_issuer_name?: string | null
  readonly card_publisher_code?: string | null
  readonly card_publisher_name?: string | null
  /** Masked, differently by each PG. */
  readonly card_number?: string | null
  /** 0 credit, 1 debit; null where the PG does not report it. */
  readonly card_type?: number | null
}

/** The holder of a billing key, as far as given. */
interface KeyHolder {
  readonly customer_uid: string
  readonly customer_id?: string | null
  readonly customer_name?: string | null
  readonly customer_tel?: string | null
  readonly customer_email?: string | null
  readonly customer_addr?: string | null
  readonly customer_postcode?: string | null
}

/** A stored payment method of one channel (`CustomerAnnotation`). */
export interface CustomerRecord extends KeyHolder, KeyedCard {
  readonly card_name: string | null
  /** True for a test channel. Absent in records from before 2026; absent does not mean live. */
  readonly sandbox?: boolean
  /** UNIX seconds. */
  readonly inserted: number
  /** UNIX seconds. */
  readonly updated: number
}

/** The key of one channel of a {@link SuperBillingKey} (`SucceededChannelAnnotation`). */
export interface SucceededChannel extends KeyedCard {
  /** UNIX seconds. */
  readonly inserted: number
  /** UNIX seconds. */
  readonly updated?: number
}

/** A channel that issued no key (`FailedChannelAnnotation`). */
export interface FailedChannel {
  readonly type: OpenEnum<'INVALID_REQUEST' | 'PG_PROVIDER' | 'DB_FAILED'>
  readonly message: string
  readonly pg_provider: string
  readonly pg_id: string
}

/** One payment method with keys of several channels (`SuperBillingKeyAnnotation`). */
export interface SuperBillingKey extends KeyHolder {
  readonly channelGroupId: string
  readonly succeededChannels?: readonly SucceededChannel[]
  readonly failedChannels?: readonly FailedChannel[]
}

/** A billing key of one or of several channels: only the latter has a `channelGroupId`. */
export type BillingKey = CustomerRecord | SuperBillingKey
