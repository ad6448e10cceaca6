import type { Row } from './row.ts'

/** The codes of KG Inicis. */
export const html5Inicis: readonly Row[] = [
  [
    '060710',
    '카카오페이 취소 금액이 취소 가능 금액보다 큽니다.',
    'The cancel exceeds what can be cancelled (Kakao Pay).',
    'after_correction',
  ],
  [
    '060784',
    '취소할 수 없는 카카오페이 결제입니다.',
    'The payment cannot be cancelled (Kakao Pay).',
    'never',
  ],
  [
    '060785',
    '카카오페이에 같은 요청이 중복되었습니다.',
    'The request was sent twice (Kakao Pay).',
    'look_up',
  ],
  [
    '11C9',
    '부분 취소할 수 없는 카드입니다.',
    'A payment by this card cannot be cancelled in part.',
    'after_correction',
  ],
  [
    '120029',
    '가맹점 한도를 초과했습니다.',
    "The amount exceeds the merchant's limit.",
    'after_correction',
  ],
  ['120049', '카드 한도를 초과했습니다.', "The amount exceeds the card's limit.", 'another_day'],
  [
    '500906',
    '가맹점 취소 한도를 초과했습니다. 예치금이 필요합니다.',
    "The cancel exceeds the merchant's limit; a deposit is needed.",
    'after_correction',
  ],
]
