/**
 * Why a charge failed, by what helps against it:
 * - `outcome_unknown`: the card company or the provider was not reachable; soon again;
 * - `curable`: balance or limit; another day, and the buyer can help;
 * - `means_dead`: lost, stolen, expired, suspended, deleted; only another key helps;
 * - `refused`: without a reason; once more on another day;
 * - `setup`: the shop's contract or settings; the operator has to act;
 * - `unrecognized`: no text of the table; as `refused`.
 */
export type DeclineKind =
  | 'outcome_unknown'
  | 'curable'
  | 'means_dead'
  | 'refused'
  | 'setup'
  | 'unrecognized'

// No provider publishes a list. Codes are those of the code books of KCP (`CC..`), Toss and Kakao; texts are those that
// shops have seen. The first line that matches decides, so the worse news stands first.
const table: readonly (readonly [DeclineKind, RegExp])[] = [
  [
    'setup',
    /비인증결제모듈|\bCC62\b|\[8901\]|\b1114\b|V023|F0004|등록되지 않은 (?:PG|가맹점)|가맹점.{0,8}(?:한도|정지|미등록|오류)|상품명이 필수/,
  ],
  [
    'means_dead',
    /등록되지 않은 구매자|\bCC(?:04|14|43|54|55)\b|분실|도난|유효기간|만료|카드번호|거래정지|정지된|정지 ?카드|사용정지|해지|탈퇴|빌링키.{0,12}(?:없|삭제|존재하지)|\b(?:lost|stolen|expired)\b/i,
  ],
  [
    'curable',
    /\bCC(?:07|08|10|61)\b|\[(?:0002|0016|2|16|A8|526|527)\]|잔액|한도|\b(?:insufficient|limit)\b/i,
  ],
  [
    'outcome_unknown',
    /\b3008\b|\bCC(?:72|98|99)\b|결제 ?장애|시스템 ?(?:장애|오류|점검)|시간 ?초과|타임아웃|통신 ?(?:장애|오류)|\btime-?d? ?out\b/i,
  ],
  ['refused', /\bCC03\b|\[3000\]|승인 ?거절|거절|\b(?:declined|refused)\b/i],
]

/**
 * Classifies the provider's text of a failed charge: a payment's `fail_reason`, or the message of a refused call.
 *
 * @param text The text; null when there is none.
 * @returns What helps against it; `unrecognized` for any text that is not known.
 *
 * @example
 * ```ts
 * import { classifyDecline } from '@quayside/core'
 *
 * console.log(classifyDecline('[CC10] 잔액부족'), classifyDecline('분실카드')) // curable means_dead
 * ```
 */
export function classifyDecline(text: string | null): DeclineKind {
  return table.find(([, pattern]) => text !== null && pattern.test(text))?.[0] ?? 'unrecognized'
}

/** Whether a refused call says that its `merchant_uid` was paid before. It never means that the charge failed. */
export function saysAlreadyPaid(text: string): boolean {
  return /이미 (?:주문|결제)|동일한 merchant_uid/.test(text)
}
