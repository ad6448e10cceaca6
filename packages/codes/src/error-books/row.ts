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

/** A code of a book, what it means in Korean and in English, and whether a repetition helps. */
export type Row = readonly [code: string, ko: string, en: string, retry: Retry]
