import { dueIs, dueRequired, keysOnlyBy, methodNamed, needs } from './common-duties.ts'
import { type Duty, missing, wrong } from './duty.ts'

const page = 'kg-mobilians-v2'
const vouchers = ['cultureland', 'smartculture', 'booknlife']
const options = 'bypass.mobilians_v2.pay_options'
/** The transfer without a window of its own. */
const direct = { [`${options}.ra_direct`]: ['Y'] }
const escrowDirect = { escrow: ['true'], ...direct }
const naverPoints = { pay_method: ['naverpay'], [`${options}.ep_pay_type`]: ['P'] }

const receipts = [direct, naverPoints].flatMap((when) =>
  ['bypass.cashReceiptType', 'bypass.customerIdentifier'].map((param) => needs(param, page, when)),
)

/** KG Mobilians, new module. */
export const mobiliansV2Duties: readonly Duty[] = [
  ...dueRequired(page, missing('vbank_due'), dueIs('day', 'dashedDay')),
  {
    param: 'amount',
    rule: { atLeast: 100 },
    when: { intent: ['pay'] },
    text: '100원 미만 결제는 불가능합니다.',
    source: page,
  },
  {
    param: 'merchant_uid',
    rule: { matches: /^.{4,40}$/u },
    text: 'merchant_uid는 4~40자여야 합니다.',
    source: page,
  },
  needs('buyer_name', page, { pay_method: ['trans'], escrow: ['true'] }),
  needs('buyer_tel', page, { pay_method: ['ssgpay'] }),
  needs('customer_id', page, { pay_method: vouchers }),
  needs('customer_id', page, { intent: ['issue_key'], amount: ['0'] }),
  {
    param: 'customer_id',
    rule: { maxBytes: 20 },
    text: wrong('customer_id'),
    source: page,
  },
  needs('card.direct.quota', page, { 'card.direct.code': [true] }),
  keysOnlyBy(page, 'card', 'phone'),
  {
    param: 'confirm_url',
    rule: 'absent',
    when: { pay_method: vouchers },
    text: '상품권 결제는 confirm_url을 지원하지 않습니다.',
    source: page,
  },
  methodNamed(page),
  needs('buyer_tel', page, escrowDirect),
  needs('buyer_email', page, escrowDirect),
  needs(`${options}.ra_escrow_password`, page, escrowDirect),
  needs('buyer_tel', page, { [`${options}.mc_fix_no`]: ['Y'] }),
  ...receipts,
]
