/**
 * Error codes: the provider's own, and those of PGs that it passes on unchanged.
 *
 * Only codes that payments and cancels commonly meet are listed, out of tens of thousands. Sources: the PGs' code books
 * that the provider's page `opi/ko/support/code-info/pg-3` links; for the provider's own codes, of which it publishes no
 * list, its browser script and public reports.
 *
 * @packageDocumentation
 */

/**
 * Whether a repetition helps:
 * - `look_up`: the money may have moved. Look the payment up; repeat only when there is none.
 * - `another_day`: balance, limit or a refusal without a reason.
 * - `other_means`: the card or account is of no use any more.
 * - `by_buyer`: the buyer left or mistyped, and may start again at once.
 * - `after_correction`: the shop's request, contract or settings have to change first.
 * - `never`: what was requested is done already, or cannot be done any more.
 */
export type Retry =
  | 'look_up'
  | 'another_day'
  | 'other_means'
  | 'by_buyer'
  | 'after_correction'
  | 'never'

/** Whose list of codes it is. `portone` is the provider's own. */
export type CodeBook = 'portone' | 'kcp' | 'uplus' | 'kakaopay' | 'html5_inicis' | 'danal'

// [code, Korean, English, retry]
type Row = readonly [code: string, ko: string, en: string, retry: Retry]

const portone: readonly Row[] = [
  [
    'F1001',
    '요청에 맞는 결제 채널이 등록되어 있지 않습니다.',
    'No channel is registered for the request.',
    'after_correction',
  ],
  [
    'F1002',
    '이미 결제된 주문번호입니다. 결제 내역을 조회해 주세요.',
    'This order id is paid already. Look the payment up.',
    'never',
  ],
  ['F0004', 'PG사가 결제 요청을 거절했습니다.', 'The PG refused the request.', 'after_correction'],
  ['F400', '요청이 올바르지 않습니다.', 'The request is not valid.', 'after_correction'],
  [
    'F500',
    '서버 또는 통신 오류가 발생했습니다.',
    'The server or the connection failed.',
    'look_up',
  ],
  ['PG_PROVIDER_ERROR', 'PG사에서 오류가 발생했습니다.', 'The PG reported a failure.', 'look_up'],
  ['PORTONE_ERROR', '포트원에서 오류가 발생했습니다.', 'PortOne reported a failure.', 'look_up'],
  ['NOT_READY', '설정된 결제 채널이 없습니다.', 'No channel is set up.', 'after_correction'],
  ['NOT READY', '팝업이 차단되었습니다.', 'The popup was blocked.', 'by_buyer'],
  [
    'SCRIPT_LOAD_FAILED_ON_SDK',
    '결제창 스크립트를 불러오지 못했습니다.',
    'The script of the payment window could not be loaded.',
    'by_buyer',
  ],
  [
    'SCRIPT_FAILED_ON_SDK',
    '결제창 스크립트 실행에 실패했습니다.',
    'The script of the payment window failed.',
    'look_up',
  ],
  [
    'BadRequest',
    '결제 모듈 요청이 올바르지 않습니다.',
    'The request to the payment module is not valid.',
    'after_correction',
  ],
  [
    'UnknownError',
    '결제 모듈에서 알 수 없는 오류가 발생했습니다.',
    'The payment module failed without a reason.',
    'look_up',
  ],
]

const kcp: readonly Row[] = [
  ['3001', '구매자가 결제를 취소했습니다.', 'The buyer cancelled the payment.', 'by_buyer'],
  [
    '3002',
    '결제 모듈을 불러오지 못했습니다.',
    'The payment module could not be loaded.',
    'by_buyer',
  ],
  [
    '3003',
    '결제 모듈을 업데이트하지 못했습니다.',
    'The payment module could not be updated.',
    'by_buyer',
  ],
  [
    '3008',
    '응답을 기다리다 시간이 초과되었습니다.',
    'Receiving the response timed out.',
    'look_up',
  ],
  [
    'CC03',
    '카드사가 승인을 거절했습니다.',
    'The card company refused the approval.',
    'another_day',
  ],
  ['CC04', '분실 신고된 카드입니다.', 'The card is reported lost.', 'other_means'],
  [
    'CC07',
    '카드의 1회 사용 한도를 초과했습니다.',
    "The amount exceeds the card's limit per use.",
    'another_day',
  ],
  [
    'CC08',
    '카드의 1일 사용 한도를 초과했습니다.',
    "The amount exceeds the card's limit per day.",
    'another_day',
  ],
  ['CC10', '잔액이 부족합니다.', 'The balance is insufficient.', 'another_day'],
  ['CC13', '결제 금액이 올바르지 않습니다.', 'The amount is not valid.', 'after_correction'],
  ['CC14', '카드번호가 올바르지 않습니다.', 'The card number is not valid.', 'other_means'],
  [
    'CC34',
    '할부를 이용할 수 없는 가맹점입니다.',
    'The merchant may not offer instalments.',
    'after_correction',
  ],
  ['CC43', '도난 신고된 카드입니다.', 'The card is reported stolen.', 'other_means'],
  ['CC47', '할부를 이용할 수 없는 카드입니다.', 'The card allows no instalments.', 'by_buyer'],
  ['CC54', '유효기간이 지난 카드입니다.', 'The card has expired.', 'other_means'],
  ['CC55', '카드 유효기간이 올바르지 않습니다.', 'The date of expiry is wrong.', 'other_means'],
  ['CC61', '카드 사용 한도를 초과했습니다.', "The amount exceeds the card's limit.", 'another_day'],
  [
    'CC62',
    '가맹점 한도를 초과했습니다.',
    "The amount exceeds the merchant's limit.",
    'after_correction',
  ],
  ['CC63', '카드 비밀번호가 올바르지 않습니다.', 'The password of the card is wrong.', 'by_buyer'],
  ['CC64', 'CVC 번호가 올바르지 않습니다.', 'The CVC is wrong.', 'by_buyer'],
  [
    'CC66',
    '생년월일 또는 사업자등록번호가 올바르지 않습니다.',
    'The date of birth or business number is wrong.',
    'by_buyer',
  ],
  [
    'CC69',
    '인증에 3회 실패한 카드입니다.',
    'Authentication of the card failed three times.',
    'other_means',
  ],
  [
    'CC72',
    '카드사 응답 시간이 초과되었습니다.',
    'The card company did not respond in time.',
    'look_up',
  ],
  ['CC98', '카드사 시스템에 오류가 발생했습니다.', "The card company's system failed.", 'look_up'],
  ['CC99', 'KCP 시스템에 오류가 발생했습니다.', "KCP's system failed.", 'look_up'],
  [
    'CCA8',
    '취소할 수 있는 잔액이 일치하지 않습니다.',
    'The remaining amount of the cancel differs.',
    'after_correction',
  ],
  [
    'CCA9',
    '부분 취소한 결제는 전체 취소할 수 없습니다.',
    'A payment that was cancelled in part cannot be cancelled as a whole.',
    'after_correction',
  ],
  [
    '8036',
    '부분 취소 금액이 남은 금액보다 큽니다.',
    'The partial cancel exceeds what remains.',
    'after_correction',
  ],
  [
    '8037',
    '취소 가능 잔액이 일치하지 않습니다.',
    'The balance of the cancel differs.',
    'after_correction',
  ],
  [
    '8105',
    '카드 결제 금액의 형식이 올바르지 않습니다.',
    'The format of the card amount is wrong.',
    'after_correction',
  ],
  ['8133', '이미 취소된 결제입니다.', 'The payment is cancelled already.', 'never'],
]

const uplus: readonly Row[] = [
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

const kakaopay: readonly Row[] = [
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

const html5Inicis: readonly Row[] = [
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

const danal: readonly Row[] = [
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

const books: Readonly<Record<CodeBook, readonly Row[]>> = {
  portone,
  kcp,
  uplus,
  kakaopay,
  html5_inicis: html5Inicis,
  danal,
}

/** An error code and its meaning. */
export interface ErrorCode {
  /** Whose code it is: the same code means other things at other PGs. */
  readonly book: CodeBook
  /** The code, as the PG writes it. */
  readonly code: string
  /** What happened, as a sentence in Korean. */
  readonly ko: string
  /** What happened, as a sentence in English. */
  readonly en: string
  /** Whether a repetition helps, and what has to happen before. */
  readonly retry: Retry
  /** Whether the same request, unchanged, is worth a repetition: at once after a lookup, or on another day. */
  readonly isWorthRetry: boolean
}

const codesOf = (book: CodeBook): readonly ErrorCode[] =>
  books[book].map(([code, ko, en, retry]) => ({
    book,
    code,
    ko,
    en,
    retry,
    isWorthRetry: retry === 'look_up' || retry === 'another_day',
  }))

/** Every listed code. */
export const errorCodes: readonly ErrorCode[] = [
  ...codesOf('portone'),
  ...codesOf('kcp'),
  ...codesOf('uplus'),
  ...codesOf('kakaopay'),
  ...codesOf('html5_inicis'),
  ...codesOf('danal'),
]

/** PGs that use the codes of another one. */
const sharedBooks: ReadonlyMap<string, CodeBook> = new Map([
  ['kcp_billing', 'kcp'],
  ['kcp_quick', 'kcp'],
  ['inicis', 'html5_inicis'],
  ['danal_tpay', 'danal'],
])

/**
 * The meaning of an error code.
 *
 * @param pg The PG, as in `pg_provider`; any text is allowed.
 * @param code The code, such as a callback's `error_code`; the provider's own codes are found at every PG.
 * @returns The meaning; null for a code that is not listed, which says nothing about whether money moved.
 *
 * @example
 * ```ts
 * import { findError } from '@quayside/codes/errors'
 *
 * console.log(findError('kcp', 'CC10')?.en) // The balance is insufficient.
 * console.log(findError('kcp', 'F1002')?.isWorthRetry) // false
 * ```
 */
export function findError(pg: string, code: string): ErrorCode | null {
  const book = sharedBooks.get(pg) ?? pg
  return (
    errorCodes.find((error) => error.code === code && error.book === book) ??
    errorCodes.find((error) => error.code === code && error.book === 'portone') ??
    null
  )
}

/**
 * The meaning of the first listed code in a text: a payment's `fail_reason`, or a callback's `error_msg`.
 *
 * A code stands in square brackets (`[CC10] 잔액부족`), or where the provider quotes the PG
 * (`F0004:PG사 결제요청에 실패하여 중단합니다.(imp_…) CC10, …`).
 *
 * @param pg The PG, as in `pg_provider`; any text is allowed.
 * @param text The text; null when there is none.
 * @returns The meaning; null when no listed code stands in the text.
 *
 * @example
 * ```ts
 * import { findErrorIn } from '@quayside/codes/errors'
 *
 * console.log(findErrorIn('kcp', '[CC54] 유효기간 경과')?.retry) // other_means
 * ```
 */
export function findErrorIn(pg: string, text: string | null): ErrorCode | null {
  const quoted = (text ?? '').matchAll(/\[([^\]\s]{1,20})\]|\)\s?([^\s,]{1,20}),|^(F\d{3,4})\b/g)
  const found = [...quoted]
    .flatMap(([, bracketed, ofPg, own]) => bracketed ?? ofPg ?? own ?? [])
    .flatMap((code) => findError(pg, code) ?? [])
  return found.find(({ book }) => book !== 'portone') ?? found[0] ?? null
}

/**
 * Whether a text says that the buyer left the window. It is no proof: a payment may have been made all the same.
 *
 * @param text A callback's `error_msg`, or a payment's `fail_reason`.
 * @returns Whether it is a text that PGs use for it.
 *
 * @example
 * ```ts
 * import { saysBuyerCancelled } from '@quayside/codes/errors'
 *
 * console.log(saysBuyerCancelled('[결제포기] 사용자가 결제를 취소하셨습니다')) // true
 * ```
 */
export function saysBuyerCancelled(text: string): boolean {
  return /사용자가 결제를 취소|\[결제포기\]/.test(text)
}
