import { describe, expect, it } from 'vitest'
import { toProviderReply } from './cancel-outcome.ts'

const refused = (message: string) =>
  ({ ok: false, failure: { reason: 'refused', httpStatus: 200, code: -1, message } }) as const

describe('toProviderReply()', () => {
  it("returns the provider's message of a refusal", () => {
    expect(toProviderReply(refused('PG사 오류입니다.'), {})).toEqual({
      kind: 'refused',
      detail: 'PG사 오류입니다.',
    })
  })

  it("T49: removes the buyer's account from the message", () => {
    const details = {
      reason: '변심',
      refund_holder: '홍길동',
      refund_bank: '004',
      refund_account: '110-123-456789',
      refund_tel: '010-1234-5678',
    }
    const text = '예금주(홍길동) 불일치: 004 110-123-456789, 문의 010-1234-5678, 사유 변심'
    expect(toProviderReply(refused(text), details)).toEqual({
      kind: 'refused',
      detail: '예금주(…) 불일치: 004 …, 문의 …, 사유 변심',
    })
  })

  it('does not take an unknown outcome for a refusal', () => {
    const failure = {
      reason: 'outcome_unknown',
      lookup: null,
      cause: { reason: 'timeout', timeoutMs: 1 },
    } as const
    expect(toProviderReply({ ok: false, failure })).toEqual({ kind: 'inconclusive' })
    expect(toProviderReply({ ok: true, value: {}, partial: false })).toEqual({ kind: 'accepted' })
  })
})
