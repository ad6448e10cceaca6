import type { ScheduleRefusal } from './billing/schedule.ts'
import type { PromotionRefusal } from './payment/promotion.ts'
import type { RefundRefusal } from './payment/refund.ts'

/** A refusal as data: HTTP status, envelope code and text. */
export interface Refusal {
  readonly status: number
  readonly code: number
  readonly message: string
}

/** Refusals with texts that existing clients have received from the provider. */
export const refusals = {
  unauthorized: { status: 401, code: -1, message: 'Unauthorized' },
  wrongKeys: {
    status: 401,
    code: -1,
    message: '인증에 실패하였습니다. API키와 secret을 확인하세요.',
  },
  missingKeys: {
    status: 400,
    code: -1,
    message: 'imp_key, imp_secret 파라메터가 누락되었습니다.',
  },
  unknownPayment: { status: 404, code: 1, message: '존재하지 않는 결제정보입니다.' },
  noBillingChannel: {
    status: 200,
    code: 1,
    message: '비인증결제모듈 사용정보를 찾을 수 없습니다.',
  },
  unknownBuyer: { status: 200, code: 1, message: '등록되지 않은 구매자입니다.' },
  unknownScheduleBuyer: { status: 200, code: 1, message: '등록된 고객정보가 없습니다.' },
  nothingToUnschedule: {
    status: 200,
    code: 1,
    message: '취소할 예약결제 기록이 존재하지 않습니다.',
  },
  orderPaid: {
    status: 200,
    code: 1,
    message:
      '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)',
  },
  unknownStatus: { status: 400, code: 1, message: '지원되지 않는 상태값입니다.' },
  preparedTwice: {
    status: 200,
    code: 1,
    message: '결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).',
  },
  inicisNameMissing: {
    status: 400,
    code: 1,
    message: '이니시스 빌링결제는 상품명이 필수입니다.',
  },
  notPrepared: { status: 404, code: 1, message: '사전등록된 결제정보가 존재하지 않습니다.' },
  nothingToCancel: { status: 200, code: 1, message: '취소할 결제건이 존재하지 않습니다.' },
  alreadyCancelled: { status: 200, code: 1, message: '이미 전액취소된 주문입니다.' },
  cancelWithoutIds: {
    status: 400,
    code: 1,
    message: 'imp_uid 또는 merchant_uid를 지정해주셔야합니다.',
  },
} as const satisfies Record<string, Refusal>

/** Refusals whose HTTP status is known and whose text is ours: the provider's text is not published. */
export const ownRefusals = {
  notFound: { status: 404, code: 1, message: '존재하지 않는 API입니다.' },
  tooManyIds: { status: 400, code: 1, message: '한 번에 100건까지 조회할 수 있습니다.' },
  pageOutOfRange: { status: 400, code: 1, message: '존재하지 않는 페이지입니다.' },
  windowTooWide: { status: 400, code: 1, message: '조회 기간은 90일을 넘을 수 없습니다.' },
  pgUnsupported: { status: 400, code: 1, message: '지원되지 않는 PG사입니다.' },
  methodNotAllowed: { status: 405, code: 1, message: '허용되지 않는 요청 방식입니다.' },
  amountInvalid: { status: 400, code: 1, message: '금액이 올바르지 않습니다.' },
  merchantUidMissing: { status: 400, code: 1, message: 'merchant_uid 파라메터가 누락되었습니다.' },
  merchantUidTooLong: {
    status: 400,
    code: 1,
    message: 'merchant_uid는 40자를 넘을 수 없습니다.',
  },
  customerUidInvalid: {
    status: 400,
    code: 1,
    message: 'customer_uid는 1~80자의 문자열이어야 합니다.',
  },
  quotaInvalid: {
    status: 200,
    code: -1,
    message: '할부는 5만원 이상의 결제에 2개월부터 가능합니다.',
  },
  testKeyUncharged: {
    status: 200,
    code: -1,
    message: '테스트 채널의 빌링키로는 결제할 수 없습니다.',
  },
  buyerEmailDiffers: {
    status: 200,
    code: -1,
    message: 'buyer_email이 빌링키 발급 시의 값과 일치하지 않습니다.',
  },
  reasonMissing: { status: 400, code: 1, message: 'reason 파라메터가 누락되었습니다.' },
  schedulesMissing: { status: 400, code: 1, message: 'schedules 파라메터가 누락되었습니다.' },
  scheduledTwice: { status: 200, code: 1, message: '이미 예약된 merchant_uid입니다.' },
  scheduleUnknown: { status: 404, code: 1, message: '존재하지 않는 예약결제입니다.' },
  scheduleAtMissing: { status: 400, code: 1, message: 'schedule_at 파라메터가 누락되었습니다.' },
  scheduleStatusUnknown: { status: 400, code: 1, message: '지원되지 않는 예약상태값입니다.' },
  timePast: { status: 400, code: 1, message: '예약시각은 현재시각 이후여야 합니다.' },
  rangeMissing: { status: 400, code: 1, message: '조회 시작시각과 종료시각이 필요합니다.' },
  rangeTooWide: { status: 400, code: 1, message: '조회 기간은 3개월을 넘을 수 없습니다.' },
  refundAccountMissing: {
    status: 200,
    code: 1,
    message: '가상계좌 환불에는 refund_holder, refund_bank, refund_account가 필요합니다.',
  },
  cancelAmountInvalid: { status: 200, code: 1, message: '취소요청금액이 올바르지 않습니다.' },
  barcodeNotWaiting: { status: 400, code: 1, message: '결제 대기 중인 바코드가 아닙니다.' },
  barcodeTaken: { status: 200, code: 1, message: '이미 등록된 바코드입니다.' },
  benepiaLoginMissing: {
    status: 400,
    code: 1,
    message: 'benepia_user, benepia_password 파라메터가 누락되었습니다.',
  },
  benepiaLoginFailed: { status: 500, code: -1, message: '베네피아 포인트 조회에 실패하였습니다.' },
  pointsShort: { status: 500, code: -1, message: '베네피아 포인트가 부족합니다.' },
  paycoOrderClosed: { status: 400, code: 1, message: '주문상태를 변경할 수 없는 결제건입니다.' },
  memberUnknown: { status: 200, code: -1, message: '등록되지 않은 회원입니다.' },
  pinCheckMissing: { status: 200, code: -1, message: 'PIN 인증 거래를 찾을 수 없습니다.' },
  prepaidShort: { status: 200, code: -1, message: '등록된 선불금액을 초과합니다.' },
  quickPreparedTwice: { status: 200, code: 1, message: '이미 등록된 merchant_uid입니다.' },
  quickPrepareInvalid: { status: 400, code: 1, message: '거래등록 파라메터가 올바르지 않습니다.' },
  channelUnknown: { status: 200, code: 1, message: '등록되지 않은 channel_key입니다.' },
  bankUnknown: { status: 200, code: 1, message: '지원되지 않는 은행코드입니다.' },
  dueInvalid: { status: 200, code: 1, message: '입금기한은 현재시각 이후여야 합니다.' },
  accountFixed: { status: 400, code: 1, message: '가상계좌 수정을 지원하지 않는 PG사입니다.' },
  accountChangeMissing: {
    status: 400,
    code: 1,
    message: 'amount 또는 vbank_due를 지정해야 합니다.',
  },
  accountNotWaiting: {
    status: 400,
    code: 1,
    message: '입금 대기 중인 가상계좌 결제가 아닙니다.',
  },
  tierUnknown: { status: 404, code: 1, message: '존재하지 않는 하위상점입니다.' },
  codeUnknown: { status: 404, code: 1, message: '존재하지 않는 기관 코드입니다.' },
  holderUnknown: { status: 404, code: 1, message: '예금주를 찾을 수 없습니다.' },
} as const satisfies Record<string, Refusal>

/** The refusal of a customer_uid without a billing key; clients have received it as HTTP 200. */
export function unknownCustomer(customerUid: string): Refusal {
  const message = `요청하신 customer_uid(${customerUid})로 등록된 정보를 찾을 수 없습니다.`
  return { status: 200, code: 1, message }
}

/** The refusal of a change to a schedule. */
export function explainSchedule(reason: ScheduleRefusal): Refusal {
  switch (reason) {
    case 'not_scheduled':
      return { status: 400, code: 1, message: '이미 실행되었거나 취소된 예약결제입니다.' }
    case 'not_run':
      return { status: 400, code: 1, message: '아직 실행되지 않은 예약결제입니다.' }
    case 'approved':
      return { status: 400, code: 1, message: '이미 승인된 예약결제입니다.' }
    case 'time_past':
      return ownRefusals.timePast
  }
}

/** The refusal of a promotion for another card than the one that pays. */
export function explainPromotion(reason: PromotionRefusal): Refusal {
  switch (reason) {
    case 'card_unnamed':
      return { status: 200, code: 1, message: '프로모션은 카드사를 지정해야 합니다.' }
    case 'card_differs':
      return { status: 200, code: 1, message: '프로모션의 카드사와 결제 카드사가 다릅니다.' }
  }
}

/** The refusal of POST /payments/cancel. */
export function explainRefund(refusal: RefundRefusal): Refusal {
  switch (refusal.reason) {
    case 'not_paid':
      return refusals.nothingToCancel
    case 'already_cancelled':
      return refusals.alreadyCancelled
    case 'amount_invalid':
      return ownRefusals.cancelAmountInvalid
    case 'checksum_mismatch':
      return {
        status: 200,
        code: 1,
        message: '취소 가능 잔액이 checksum과 일치하지 않습니다.',
      }
    case 'balance_exceeded':
      return { status: 200, code: 1, message: '취소요청금액이 취소 가능 잔액을 초과합니다.' }
    case 'promotion_broken':
      return {
        status: 200,
        code: 1,
        message: '취소 후 잔여 승인 금액이 현재 승인 금액보다 커져 취소할 수 없습니다.',
      }
    case 'promotion_choice_differs':
      return {
        status: 200,
        code: 1,
        message: 'retain_promotion은 첫 부분취소와 같아야 합니다.',
      }
  }
}
