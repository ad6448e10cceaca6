import type { OpenEnum } from '../values/open-enum.ts'

/** The channel of a billing key and its card. */
export interface KeyedCard {
  /** The PG's code. */
  readonly pg_provider: string
  /** Your merchant id at the PG (MID). */
  readonly pg_id: string
  /** Korean; null with `paypal_v2`. */
  readonly card_name?: string | null
  /** The card company's code of the KFTC. */
  readonly card_code?: string | null
  /** The code of the company that issued the card. */
  readonly card_issuer_code?: string | null
  /** The company that issued the card. */
  readonly card_issuer_name?: string | null
  /** The code of the company that bills the card. */
  readonly card_publisher_code?: string | null
  /** The company that bills the card. */
  readonly card_publisher_name?: string | null
  /** Masked, differently by each PG. */
  readonly card_number?: string | null
  /** 0 credit, 1 debit; null where the PG does not report it. */
  readonly card_type?: number | null
}

/** The holder of a billing key, as far as given. */
export interface KeyHolder {
  /** Your id of the billing key. */
  readonly customer_uid: string
  /** Your id of the holder. */
  readonly customer_id?: string | null
  /** The holder's name. */
  readonly customer_name?: string | null
  /** The holder's telephone number. */
  readonly customer_tel?: string | null
  /** The holder's email address. */
  readonly customer_email?: string | null
  /** The holder's postal address. */
  readonly customer_addr?: string | null
  /** The holder's postal code. */
  readonly customer_postcode?: string | null
}

/** A stored payment method of one channel (`CustomerAnnotation`). */
export interface CustomerRecord extends KeyHolder, KeyedCard {
  /** The card company's name, Korean. */
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
  /** The kind of failure. */
  readonly type: OpenEnum<'INVALID_REQUEST' | 'PG_PROVIDER' | 'DB_FAILED'>
  /** The PG's message. */
  readonly message: string
  /** The PG's code. */
  readonly pg_provider: string
  /** Your merchant id at the PG (MID). */
  readonly pg_id: string
}

/** One payment method with keys of several channels (`SuperBillingKeyAnnotation`). */
export interface SuperBillingKey extends KeyHolder {
  /** The channel group in the console. */
  readonly channelGroupId: string
  /** Channels that issued a key. */
  readonly succeededChannels?: readonly SucceededChannel[]
  /** Channels that issued no key. */
  readonly failedChannels?: readonly FailedChannel[]
}

/** A billing key of one or of several channels: only the latter has a `channelGroupId`. */
export type BillingKey = CustomerRecord | SuperBillingKey
