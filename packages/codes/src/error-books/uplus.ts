import type { Row } from './row.ts'

/** The codes of Toss Payments, formerly LG U+. */
export const uplus: readonly Row[] = [
  ['J045', '구매자가 결제를 취소했습니다.', 'The buyer cancelled the payment.', 'by_buyer'],
  ['S053', '구매자가 결제를 취소했습니다.', 'The buyer cancelled the payment.', 'by_buyer'],
  [
    '3000',
    '카드사가 승인을 거절했습니다.',
    'The card company refused the approval.',
    'another_day',
  ],
  [
    'C112',
    '취소 가능 잔액이 일치하지 않아 부분 취소할 수 없습니다.',
    'The balance differs, so nothing can be cancelled in part.',
    'after_correction',
  ],
  [
    '2',
    '카드 한도를 초과했거나 잔액이 부족합니다.',
    'The limit or balance of the card does not suffice.',
    'another_day',
  ],
  [
    '16',
    '카드 한도를 초과했거나 잔액이 부족합니다.',
    'The limit or balance of the card does not suffice.',
    'another_day',
  ],
  [
    'A8',
    '카드 한도를 초과했거나 잔액이 부족합니다.',
    'The limit or balance of the card does not suffice.',
    'another_day',
  ],
  ['526', '계좌 잔액이 부족합니다.', 'The balance of the account is insufficient.', 'another_day'],
  ['527', '계좌 잔액이 부족합니다.', 'The balance of the account is insufficient.', 'another_day'],
  [
    '202',
    '휴대폰 결제 월 한도를 초과했습니다.',
    "The amount exceeds the phone's limit per month.",
    'another_day',
  ],
  [
    '230',
    '휴대폰 결제 1회 한도를 초과했습니다.',
    "The amount exceeds the phone's limit per use.",
    'another_day',
  ],
]
