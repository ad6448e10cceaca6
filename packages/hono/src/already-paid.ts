// `F1002` is the browser script's, the others are those of PGs. A text may begin with its code.
const codes =
  /^\W*F1002\b|ALREADY_?(?:PAID|APPROVED|PROCESSED|COMPLETED?|CAPTURED|DONE)|DUPLICATED?_?(?:ORDER|PAYMENT|INVOICE|TRANSACTION)/i
const texts = [
  /이미\s*(?:(?:해당|동일한?)\s*)?(?:결제(?!\s*(?:창|취소))|주문|승인|처리|완료|거래|입금|납부|지불|매입)/,
  /(?:^|[^가-힣])기\s?(?:결제|승인|처리|입금|납부)(?:된|되|완료)/,
  /중복\s*(?:된\s*)?(?:결제|주문|승인|거래|요청)|(?:주문\s*번호|거래)[가는]?\s*중복/,
  /(?:결제|승인|입금)[가이]?\s*(?:이미\s*)?완료된\s*(?:주문|거래|결제)/,
  /(?:already|previously)\s+(?:been\s+)?(?:paid|approved|processed|completed?|captured|done)/i,
  /duplicated?\s+(?:payment|order|transaction|invoice|request)/i,
]

/**
 * Whether the provider refused a payment because the order has one already. Such a refusal says the opposite of
 * "not paid", so the buyer must not be asked to try again.
 */
export function isAlreadyPaid(errorCode: string | null, errorMessage: string | null): boolean {
  const message = errorMessage ?? ''
  return (
    codes.test(errorCode ?? '') || codes.test(message) || texts.some((text) => text.test(message))
  )
}
