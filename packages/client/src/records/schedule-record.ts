import type { OpenEnum } from '../open-enum.ts'
import type { Page } from '../pages.ts'

/** One scheduled charge (`ScheduleResultAnnotation`). Times are UNIX seconds, 0 for "not yet". */
export interface ScheduleRecord {
  readonly customer_uid: string
  readonly merchant_uid: string
  /** Null before it is executed. */
  readonly imp_uid: string | null
  readonly pg_provider?: string | null
  readonly pg_id?: string | null
  readonly customer_id?: string | null
  readonly schedule_at: number
  readonly executed_at: number
  readonly revoked_at: number
  readonly amount: number
  readonly currency?: string
  readonly name: string | null
  readonly buyer_name?: string | null
  readonly buyer_email?: string | null
  readonly buyer_tel?: string | null
  readonly buyer_addr?: string | null
  readonly buyer_postcode?: string | null
  readonly custom_data?: string | null
  readonly schedule_status: OpenEnum<'scheduled' | 'executed' | 'revoked'>
  /** Null before it is executed. */
  readonly payment_status: OpenEnum<'paid' | 'failed' | 'cancelled'> | null
  readonly fail_reason: string | null
  readonly promotion_id?: string | null
}

/** Scheduled charges: the provider documents a list and describes a page. Both occur. */
export type ScheduleList = readonly ScheduleRecord[] | Page<ScheduleRecord>
