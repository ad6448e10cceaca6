/** A payment at the provider, in its own words. Times are UNIX seconds, 0 for "not yet". */
export interface ProviderRecord {
  readonly imp_uid: string
  readonly merchant_uid: string
  status: 'ready' | 'paid' | 'cancelled' | 'failed'
  readonly amount: number
  cancel_amount: number
  readonly cancel_history: { readonly cancelled_at: number; readonly amount: number }[]
  readonly started_at: number
  paid_at: number
  failed_at: number
  cancelled_at: number
  fail_reason: string | null
  readonly pay_method: string
  readonly pg_provider: string
  readonly sandbox: boolean
  readonly custom_data: string | null
  readonly customer_uid: string | null
  readonly customer_uid_usage: string | null
  readonly promotion: { readonly id: string; readonly discount: number } | null
  readonly vbank_num: string | null
  readonly vbank_date: number
  readonly vbank_issued_at: number
}

/** What a payment is opened with; everything else has the usual value. */
export interface NewPayment
  extends Partial<
    Pick<
      ProviderRecord,
      | 'started_at'
      | 'pay_method'
      | 'pg_provider'
      | 'sandbox'
      | 'custom_data'
      | 'customer_uid'
      | 'customer_uid_usage'
      | 'promotion'
      | 'vbank_num'
      | 'vbank_date'
      | 'vbank_issued_at'
    >
  > {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
}

export function openRecord(payment: NewPayment, nowSeconds: number): ProviderRecord {
  return {
    status: 'ready',
    cancel_amount: 0,
    cancel_history: [],
    started_at: nowSeconds,
    paid_at: 0,
    failed_at: 0,
    cancelled_at: 0,
    fail_reason: null,
    pay_method: 'card',
    pg_provider: 'html5_inicis',
    sandbox: false,
    custom_data: '{"cart":"2026-11","coupon":null}',
    customer_uid: null,
    customer_uid_usage: null,
    promotion: null,
    vbank_num: null,
    vbank_date: 0,
    vbank_issued_at: 0,
    ...payment,
  }
}

/** The fields that are the same in every record, with values of the usual length: a buyer, an address, a card. */
const usual = {
  currency: 'KRW',
  name: '고구마 3kg 외 2건 (무료배송)',
  channel: 'mobile',
  emb_pg_provider: null,
  pg_tid: 'StdpayCARDINIpayTest20261128104512345678',
  pg_id: 'MOIshop0001',
  escrow: false,
  cancel_reason: null,
  receipt_url:
    'https://iniweb.inicis.com/DefaultWebApp/mall/cr/cm/mCmReceipt_head.jsp?noTid=Stdpay',
  cancel_receipt_urls: [],
  cash_receipt_issued: false,
  buyer_name: '김고객',
  buyer_email: 'buyer.of.the.simulation@example.com',
  buyer_tel: '010-1234-5678',
  buyer_addr: '서울특별시 강남구 테헤란로 123, 가나다아파트 101동 1203호 (역삼동)',
  buyer_postcode: '06134',
  user_agent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  apply_num: '30012345',
  card_code: '366',
  card_name: '신한카드',
  card_issuer_code: '366',
  card_issuer_name: '신한카드',
  card_publisher_code: '366',
  card_publisher_name: '신한카드',
  card_quota: 0,
  card_number: '46731234****5678',
  card_type: 0,
  bank_code: null,
  bank_name: null,
  vbank_code: null,
  vbank_name: null,
  vbank_holder: null,
  deposit_history: [],
}

/** The record as the API shows it: about 1.8 kB in UTF-8, and whatever the shop put into `custom_data`. */
export function toJson(record: ProviderRecord): string {
  return JSON.stringify({ ...usual, ...record })
}
