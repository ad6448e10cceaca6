import type { OpenEnum } from '../open-enum.ts'

/** Where a billing key comes from and which card it stands for. */
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
  /** 0 credit, 1 debit; null where the PG does not say. */
  readonly card_type?: number | null
}

/** Whose billing key it is, as far as anybody said. */
interface KeyHolder {
  readonly customer_uid: string
  readonly customer_id?: string | null
  readonly customer_name?: string | null
  readonly customer_tel?: string | null
  readonly customer_email?: string | null
  readonly customer_addr?: string | null
  readonly customer_postcode?: string | null
}

/** A stored payment means of one channel (`CustomerAnnotation`). */
export interface CustomerRecord extends KeyHolder, KeyedCard {
  readonly card_name: string | null
  /** Issued on a test channel. Absent in answers from before 2026: unknown is not live. */
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

/** A channel that gave no key (`FailedChannelAnnotation`). */
export interface FailedChannel {
  readonly type: OpenEnum<'INVALID_REQUEST' | 'PG_PROVIDER' | 'DB_FAILED'>
  readonly message: string
  readonly pg_provider: string
  readonly pg_id: string
}

/** One payment means with keys of several channels (`SuperBillingKeyAnnotation`). */
export interface SuperBillingKey extends KeyHolder {
  readonly channelGroupId: string
  readonly succeededChannels?: readonly SucceededChannel[]
  readonly failedChannels?: readonly FailedChannel[]
}

/** A billing key of either kind: only the one of several channels has a `channelGroupId`. */
export type BillingKey = CustomerRecord | SuperBillingKey
