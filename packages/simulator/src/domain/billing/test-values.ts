// Values that make the simulated world misbehave; the README's table of magic values lists them all.

/** How a card takes being used. */
export type CardBehaviour =
  | 'normal'
  | 'never_issued'
  | 'not_at_first_channel'
  | 'refused'
  | 'no_balance'
  | 'refused_once'

const cards: Readonly<Record<string, CardBehaviour>> = {
  '4000000000000002': 'refused',
  '4000000000009995': 'no_balance',
  '4000000000000069': 'never_issued',
  '4000000000000341': 'refused_once',
  '4000000000003220': 'not_at_first_channel',
}

/** The password that opens no Benepia account. */
export const wrongPassword = 'wrong'

const refusedAmount = 1_000_402
const brokenAmount = 1_000_500
const slowAmount = 1_000_504

/** The temper of a card number, digits only. */
export function cardBehaviourOf(digits: string): CardBehaviour {
  return cards[digits] ?? 'normal'
}

/** What is known of a charge before the PG decides. */
export interface ChargeFacts {
  readonly behaviour: CardBehaviour
  readonly customerUid: string | null
  readonly amountMinor: number
  /** Whether this means of payment was refused before. */
  readonly hasFailedBefore: boolean
}

/** Why the PG refuses a charge, in its own code and words; null when it approves. */
export function failReasonOf(facts: ChargeFacts): string | null {
  const { behaviour, customerUid, amountMinor, hasFailedBefore } = facts
  if (amountMinor === refusedAmount) return '[CC61] 거래금액 한도초과'
  const isRefusedOnce =
    behaviour === 'refused_once' || customerUid?.startsWith('declined-once-') === true
  if (isRefusedOnce) return hasFailedBefore ? null : '[CC98] 카드사 전산장애'
  if (behaviour === 'refused' || customerUid?.startsWith('declined-') === true) {
    return '[CC03] 카드사 승인거절'
  }
  return behaviour === 'no_balance' ? '[CC10] 잔액부족' : null
}

/** How an answer is spoilt on its way. */
export type ResponseFault = 'slow' | 'broken'

/** The spell a write's magic amount or customer_uid casts on its answer; the work is done all the same. */
export function responseFaultOf(amount: unknown, customerUid: string): ResponseFault | null {
  if (Number(amount) === slowAmount || customerUid.startsWith('slow-')) return 'slow'
  return Number(amount) === brokenAmount || customerUid.startsWith('broken-') ? 'broken' : null
}
