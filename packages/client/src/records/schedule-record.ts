import type { OpenEnum } from '../values/open-enum.ts'
import type { Page } from './page.ts'

/** One scheduled charge (`ScheduleResultAnnotation`). Times are UNIX seconds, 0 for "not yet". */
export interface ScheduleRecord {
  /** Your id of the billing key. */
  readonly customer_uid: string
  /** Your id of the order. */
  readonly merchant_uid: string
  /** Null before it is executed. */
  readonly imp_uid: string | null
  /** The PG's code. */
  readonly pg_provider?: string | null
  /** Your merchant id at the PG (MID). */
  readonly pg_id?: string | null
  /** Your id of the holder. */
  readonly customer_id?: string | null
  /** UNIX seconds: the time of the charge. */
  readonly schedule_at: number
  /** UNIX seconds; 0 before it is executed. */
  readonly executed_at: number
  /** UNIX seconds; 0 unless it was revoked. */
  readonly revoked_at: number
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** The currency, e.g. `KRW`. */
  readonly currency?: string
  /** The name of the order. */
  readonly name: string | null
  /** The buyer's name. */
  readonly buyer_name?: string | null
  /** The buyer's email address. */
  readonly buyer_email?: string | null
  /** The buyer's telephone number. */
  readonly buyer_tel?: string | null
  /** The buyer's postal address. */
  readonly buyer_addr?: string | null
  /** The buyer's postal code. */
  readonly buyer_postcode?: string | null
  /** Your own text, stored with the payment. */
  readonly custom_data?: string | null
  /** Scheduled, executed or revoked. */
  readonly schedule_status: OpenEnum<'scheduled' | 'executed' | 'revoked'>
  /** Null before it is executed. */
  readonly payment_status: OpenEnum<'paid' | 'failed' | 'cancelled'> | null
  /** The PG's message of the failure. */
  readonly fail_reason: string | null
  /** The promotion (프로모션) to apply. */
  readonly promotion_id?: string | null
}

/** Scheduled charges: the provider documents a list and describes a page. Both occur. */
export type ScheduleList = readonly ScheduleRecord[] | Page<ScheduleRecord>
