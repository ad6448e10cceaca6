// Test values: inputs that make an operation fail. The README lists them under "Test values".

/** How a card behaves when it is registered or charged. */
export type CardBehaviour =
  | 'normal'
  | 'never_issued'
  | 'not_at_first_channel'
  | 'refused'
  | 'no_balance'
  | 'refused_once'
  | 'lost'
  | 'expired'
  | 'revoked'

/** What a test can make of a key's card after it was registered. */
export const laterBehaviours = [
  'normal',
  'refused',
  'no_balance',
  'refused_once',
  'lost',
  'expired',
  'revoked',
] as const satisfies readonly CardBehaviour[]

const failReasons: Readonly<Partial<Record<CardBehaviour, string>>> = {
  refused: '[CC03] 카드사 승인거절',
  no_balance: '[CC10] 잔액부족',
  lost: '[CC04] 분실카드',
  expired: '[CC54] 유효기간 만료 카드',
  revoked: '등록되지 않은 구매자입니다.',
}

const cards: Readonly<Record<string, CardBehaviour>> = {
  '4000000000000002': 'refused',
  '4000000000009995': 'no_balance',
  '4000000000000069': 'never_issued',
  '4000000000000341': 'refused_once',
  '4000000000003220': 'not_at_first_channel',
}

/** The password for which a Benepia login fails. */
export const wrongPassword = 'wrong'

const refusedAmount = 1_000_402
const brokenAmount = 1_000_500
const slowAmount = 1_000_504

/** The behaviour of a card number, digits only. */
export function cardBehaviourOf(digits: string): CardBehaviour {
  return cards[digits] ?? 'normal'
}

/** The facts of a charge before the PG decides. */
export interface ChargeFacts {
  readonly behaviour: CardBehaviour
  readonly customerUid: string | null
  readonly amountMinor: number
  /** Whether this means of payment was refused before. */
  readonly hasFailedBefore: () => boolean
}

/** Why the PG refuses a charge, with its own code and text; null when it approves. */
export function failReasonOf(facts: ChargeFacts): string | null {
  const { behaviour, customerUid, amountMinor, hasFailedBefore } = facts
  if (amountMinor === refusedAmount) return '[CC61] 거래금액 한도초과'
  const isRefusedOnce =
    behaviour === 'refused_once' || customerUid?.startsWith('declined-once-') === true
  if (isRefusedOnce) return hasFailedBefore() ? null : '[CC98] 카드사 전산장애'
  if (customerUid?.startsWith('declined-') === true) return failReasons.refused ?? null
  return failReasons[behaviour] ?? null
}

/** Whether the PG decides about a charge of this key only later. */
export function isDecidedLater(customerUid: string | null): boolean {
  return customerUid?.startsWith('pending-') === true
}

/** A fault of a response. */
export type ResponseFault = 'slow' | 'broken'

/** The fault that a write's amount or customer_uid injects into its response; the operation itself runs. */
export function responseFaultOf(amount: unknown, customerUid: string): ResponseFault | null {
  if (Number(amount) === slowAmount || customerUid.startsWith('slow-')) return 'slow'
  return Number(amount) === brokenAmount || customerUid.startsWith('broken-') ? 'broken' : null
}
