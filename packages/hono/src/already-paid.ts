// `F1002` is the browser script's, the others are those of PGs. A text may begin with its code.
const codes =
  /^\W*F1002\b|ALREADY_?(?:PAID|APPROVED|PROCESSED|COMPLETED|DONE)|DUPLICATED?_?(?:ORDER|PAYMENT)/i
const texts =
  /이미\s*(?:결제(?!\s*(?:창|취소))|주문|승인|처리|완료)|중복\s*(?:된\s*)?(?:결제|주문|승인)|already\s+(?:been\s+)?(?:paid|approved|processed|completed)|duplicated?\s+(?:payment|order|transaction)/i

/**
 * Whether the provider refused a payment because the order has one already. Such a refusal says the opposite of
 * "not paid", so the buyer must not be asked to try again.
 */
export function isAlreadyPaid(errorCode: string | null, errorMessage: string | null): boolean {
  const message = errorMessage ?? ''
  return codes.test(errorCode ?? '') || codes.test(message) || texts.test(message)
}
