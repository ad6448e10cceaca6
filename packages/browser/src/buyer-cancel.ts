const words =
  /USER_CANCEL|PROCESS_CANCELED|(사용자|구매자|고객).{0,12}취소|결제\s?(를\s?)?(포기|취소[하되])|(user|buyer|customer).{0,16}\bcancel|cancell?ed by (the )?(user|buyer|customer)/i

/**
 * Whether the words of a failure say that the buyer closed the window. No PG has a code for it that all share, so it decides
 * only what the page says, never whether something was paid.
 */
export function isBuyerCancel(errorCode: string | null, errorMessage: string | null): boolean {
  return words.test(`${errorCode} ${errorMessage}`)
}
