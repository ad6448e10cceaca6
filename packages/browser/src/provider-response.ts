/**
 * What the callback of `IMP.request_pay` receives, with every field that the documentation names. Which of them are there
 * differs from PG to PG: new modules return the two ids and nothing else. None of it proves anything.
 */
export interface PaymentResponse {
  readonly success?: boolean
  readonly imp_success?: boolean
  readonly imp_uid?: string | null
  readonly merchant_uid?: string
  readonly error_code?: string | null
  /** The script's own misspelling, in one of its refusals. */
  readonly error_coe?: string
  readonly error_msg?: string | null
  readonly status?: 'ready' | 'paid' | 'failed' | 'cancelled'
  /** The method that was used at last, which may be another one than was asked for. */
  readonly pay_method?: string
  readonly paid_amount?: number
  readonly currency?: string
  readonly name?: string
  readonly pg_provider?: string
  readonly emb_pg_provider?: string | null
  readonly pg_tid?: string
  readonly pg_type?: string
  readonly buyer_name?: string
  readonly buyer_email?: string
  readonly buyer_tel?: string
  readonly buyer_addr?: string
  readonly buyer_postcode?: string
  readonly custom_data?: unknown
  /** Seconds since 1970. */
  readonly paid_at?: number
  readonly receipt_url?: string | null
  readonly apply_num?: string | null
  readonly card_name?: string | null
  readonly card_number?: string | null
  readonly card_quota?: number | null
  readonly bank_name?: string | null
  readonly customer_uid?: string
  readonly vbank_num?: string | null
  readonly vbank_name?: string | null
  readonly vbank_holder?: string | null
  readonly vbank_date?: string | number | null
}

/** What the callback of `IMP.certification` receives. */
export interface CertificationResponse {
  readonly success?: boolean
  readonly imp_uid?: string | null
  readonly merchant_uid?: string
  readonly pg_provider?: string
  readonly pg_type?: string
  readonly error_code?: string | null
  readonly error_msg?: string | null
}
