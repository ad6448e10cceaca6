import { describe, expect, it } from 'vitest'
import { classifyDecline, saysAlreadyPaid } from './decline.ts'

describe('classifyDecline()', () => {
  it.each([
    ['[3008] 수신 시간 초과', 'outcome_unknown'],
    ['[CC72] 카드사 TIME-OUT', 'outcome_unknown'],
    ['[CC98] 카드사 시스템 장애', 'outcome_unknown'],
    ['[CC99] KCP 시스템 장애', 'outcome_unknown'],
    ['결제에 실패하였습니다. (PG사 결제 장애)', 'outcome_unknown'],
    ['[CC07] 1회 이용한도 초과', 'curable'],
    ['[CC08] 1일 이용한도 초과', 'curable'],
    ['[CC61] 1일 출금한도 초과', 'curable'],
    ['[CC10] 잔액부족', 'curable'],
    ['[0016] 한도초과', 'curable'],
    ['[A8] 이용한도', 'curable'],
    ['[526] 출금계좌 잔액이 모자랍니다', 'curable'],
    ['insufficient funds', 'curable'],
    ['[CC04] 분실카드', 'means_dead'],
    ['[CC43] 도난카드', 'means_dead'],
    ['[CC54] 유효기간 경과', 'means_dead'],
    ['[CC55] 유효기간 오류', 'means_dead'],
    ['[CC14] 카드번호 오류', 'means_dead'],
    ['거래정지 카드', 'means_dead'],
    ['등록되지 않은 구매자입니다.', 'means_dead'],
    ['[CC03] 카드사 승인 거절', 'refused'],
    ['[3000] 승인거절', 'refused'],
    ['비인증결제모듈 사용정보를 찾을 수 없습니다.', 'setup'],
    ['[CC62] 가맹점 한도초과', 'setup'],
    ['[8901] 미등록 또는 중지된 상점', 'setup'],
    ['[1114] CPID 오류', 'setup'],
    ['F0004 … [코드: V023]', 'setup'],
    ['이니시스 빌링결제는 상품명이 필수입니다.', 'setup'],
    ['[ZZ01] 알 수 없음', 'unrecognized'],
    ['', 'unrecognized'],
    [null, 'unrecognized'],
  ])('reads %j as %s', (text, kind) => {
    expect(classifyDecline(text)).toBe(kind)
  })

  it('does not take a number in a text for the code of a bank', () => {
    expect(classifyDecline('결제금액 16원, 2회차')).toBe('unrecognized')
  })
})

describe('saysAlreadyPaid()', () => {
  it('T155: tells a paid id from a refused card', () => {
    expect(
      saysAlreadyPaid(
        '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)',
      ),
    ).toBe(true)
    expect(saysAlreadyPaid('[CC10] 잔액부족')).toBe(false)
  })
})
