import type { Fields } from '@quayside/core'

const userAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

/**
 * A paid card payment: the documented members in the provider's order, without the two that only a promotion and an
 * unlimited fixed account have.
 */
export const documentedRecord: Fields = {
  amount: 64_900,
  apply_num: '42827474',
  bank_code: null,
  bank_name: null,
  buyer_addr: '서울특별시 강남구 신사동 661-16',
  buyer_email: 'buyer@example.com',
  buyer_name: '홍길동',
  buyer_postcode: '01181',
  buyer_tel: '010-4242-4242',
  cancel_amount: 0,
  cancel_history: [],
  cancel_reason: null,
  cancel_receipt_urls: [],
  cancelled_at: 0,
  card_code: '366',
  card_issuer_code: '366',
  card_issuer_name: '신한카드',
  card_name: '신한카드',
  card_number: '542879*********4',
  card_publisher_code: '366',
  card_publisher_name: '신한카드',
  card_quota: 0,
  card_type: 0,
  cash_receipt_issued: false,
  channel: 'mobile',
  currency: 'KRW',
  custom_data: '{"cart":"c-20240131-11","coupon":"WELCOME10"}',
  customer_uid: null,
  customer_uid_usage: null,
  emb_pg_provider: null,
  escrow: false,
  fail_reason: null,
  failed_at: 0,
  imp_uid: 'imp_448280090638',
  merchant_uid: 'ORD20240131-0000011',
  name: '당근 10kg 외 2건',
  paid_at: 1_648_344_363,
  pay_method: 'card',
  pg_id: 'AO09C',
  pg_provider: 'kcp',
  pg_tid: '22336466628585',
  receipt_url:
    'https://admin8.kcp.co.kr/assist/bill.BillActionNew.do?cmd=card_bill&tno=22336466628585',
  sandbox: false,
  started_at: 1_648_344_300,
  status: 'paid',
  user_agent: userAgent,
  vbank_code: null,
  vbank_date: 0,
  vbank_holder: null,
  vbank_issued_at: 0,
  vbank_name: null,
  vbank_num: null,
}

/** The provider's answer with a record that is JSON already. */
export function toAnswer(record: string): string {
  return `{"code":0,"message":null,"response":${record}}`
}
