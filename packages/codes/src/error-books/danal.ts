import type { Row } from './row.ts'

/** The codes of Danal. */
export const danal: readonly Row[] = [
  ['33', '취소할 수 있는 기간이 지났습니다.', 'The time for a cancel is over.', 'never'],
  ['35', '취소가 진행 중입니다.', 'A cancel is in progress.', 'look_up'],
  ['507', '이미 취소된 결제입니다.', 'The payment is cancelled already.', 'never'],
  [
    '36',
    '환불 금액이 남은 금액보다 큽니다.',
    'The refund exceeds what remains.',
    'after_correction',
  ],
  [
    '42',
    '부분 취소 금액이 남은 금액보다 큽니다.',
    'The partial cancel exceeds what remains.',
    'after_correction',
  ],
  [
    '480',
    '인증번호 입력 시간이 초과되었습니다.',
    'The time to enter the approval number is over.',
    'by_buyer',
  ],
  ['481', '인증번호가 올바르지 않습니다.', 'The approval number is wrong.', 'by_buyer'],
]
