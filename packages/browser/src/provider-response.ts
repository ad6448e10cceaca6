/**
 * What the callback of `IMP.request_pay` receives, with every field that the documentation names. Which of them are there
 * differs from PG to PG: new modules return the two ids and nothing else. None of it proves anything.
 */
export interface PaymentResponse {
  /** Whether the window claims a success; absent in new modules. */
  readonly success?: boolean
  /** The same under an older name. */
  readonly imp_success?: boolean
  /** The provider's id of the payment; null or absent where no payment began. */
  readonly imp_uid?: string | null
  /** The merchant's id of the order. */
  readonly merchant_uid?: string
  /** The provider's or the PG's code of a failure. */
  readonly error_code?: string | null
  /** The script's own misspelling, in one of its refusals. */
  readonly error_coe?: string
  /** The words of a failure, mostly Korean. Show them as text, never as HTML. */
  readonly error_msg?: string | null
  /** The claimed status; `ready` where a virtual account was issued. */
  readonly status?: 'ready' | 'paid' | 'failed' | 'cancelled'
  /** The method that was used at last, which may be another one than was asked for. */
  readonly pay_method?: string
  /** The claimed amount, in the unit of the currency. */
  readonly paid_amount?: number
  /** The claimed currency, an ISO 4217 code. */
  readonly currency?: string
  /** The name of the order. */
  readonly name?: string
  /** The PG's code. */
  readonly pg_provider?: string
  /** The easy-pay service (간편결제) that was used inside the PG's window. */
  readonly emb_pg_provider?: string | null
  /** The PG's id of the transaction. */
  readonly pg_tid?: string
  /** `payment`; `certification` in the response of an identity verification. */
  readonly pg_type?: string
  /** The buyer's name, as it was requested. */
  readonly buyer_name?: string
  /** The buyer's email address, as it was requested. */
  readonly buyer_email?: string
  /** The buyer's telephone number, as it was requested. */
  readonly buyer_tel?: string
  /** The buyer's postal address, as it was requested. */
  readonly buyer_addr?: string
  /** The buyer's postal code, as it was requested. */
  readonly buyer_postcode?: string
  /** The `custom_data` of the request. */
  readonly custom_data?: unknown
  /** Seconds since 1970. */
  readonly paid_at?: number
  /** The page of the sales slip. */
  readonly receipt_url?: string | null
  /** The approval number of the card company. */
  readonly apply_num?: string | null
  /** The card company's name, Korean. */
  readonly card_name?: string | null
  /** Masked, differently by each PG. */
  readonly card_number?: string | null
  /** Months of instalments; 0 for a single payment. */
  readonly card_quota?: number | null
  /** The bank of a transfer. */
  readonly bank_name?: string | null
  /** The billing key that the window registered. */
  readonly customer_uid?: string
  /** The number of the virtual account. */
  readonly vbank_num?: string | null
  /** The bank of the virtual account. */
  readonly vbank_name?: string | null
  /** The holder of the virtual account. */
  readonly vbank_holder?: string | null
  /** The deadline of the deposit: UNIX seconds, or text in Seoul's time, by PG. */
  readonly vbank_date?: string | number | null
}

/** What the callback of `IMP.certification` receives. */
export interface CertificationResponse {
  /** Whether the window claims a success. */
  readonly success?: boolean
  /** The provider's id of the verification; null or absent where none began. */
  readonly imp_uid?: string | null
  /** The merchant's id of the verification. */
  readonly merchant_uid?: string
  /** The PG's code. */
  readonly pg_provider?: string
  /** `certification`. */
  readonly pg_type?: string
  /** The code of a failure. */
  readonly error_code?: string | null
  /** The words of a failure, mostly Korean. */
  readonly error_msg?: string | null
}
