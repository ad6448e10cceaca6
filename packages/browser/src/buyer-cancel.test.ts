import { describe, expect, it } from 'vitest'
import { isBuyerCancel } from './buyer-cancel.ts'

describe('isBuyerCancel()', () => {
  it.each([
    [null, '사용자가 결제를 취소하셨습니다'],
    [null, '[결제포기] 사용자가 결제를 취소하셨습니다'],
    ['F400', '사용자가 결제를 취소하였습니다.'],
    ['PAY_PROCESS_CANCELED', '사용자에 의해 결제가 취소되었습니다.'],
    ['USER_CANCEL', null],
    [null, 'Payment was cancelled by the user'],
  ])('recognises a buyer who closed the window: %s %s', (code, message) => {
    expect(isBuyerCancel(code, message)).toBe(true)
  })

  it.each([
    [null, null],
    ['CC61', '거래금액 한도초과'],
    ['F1002', '이미 결제가 이루어진 거래건입니다.'],
    [null, '이미 전액취소된 주문입니다.'],
    ['NOT READY', '팝업을 호출하는데 실패하였습니다.'],
  ])('does not take other words for that: %s %s', (code, message) => {
    expect(isBuyerCancel(code, message)).toBe(false)
  })
})
