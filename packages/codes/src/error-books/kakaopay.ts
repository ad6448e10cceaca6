import type { Row } from './row.ts'

/** The codes of Kakao Pay. */
export const kakaopay: readonly Row[] = [
  [
    '-710',
    '취소 금액이 취소 가능 금액보다 큽니다.',
    'The cancel exceeds what can be cancelled.',
    'after_correction',
  ],
  ['-781', '취소에 실패했습니다.', 'The cancel failed.', 'look_up'],
  ['-784', '취소할 수 없는 결제입니다.', 'The payment cannot be cancelled.', 'never'],
  ['-785', '같은 요청이 중복되었습니다.', 'The request was sent twice.', 'look_up'],
  ['0002', '카드 한도를 초과했습니다.', "The amount exceeds the card's limit.", 'another_day'],
  ['0016', '카드 한도를 초과했습니다.', "The amount exceeds the card's limit.", 'another_day'],
  ['0025', '이미 취소된 결제입니다.', 'The payment is cancelled already.', 'never'],
  ['0140', '이미 취소된 결제입니다.', 'The payment is cancelled already.', 'never'],
]
