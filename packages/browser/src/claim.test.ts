import { describe, expect, it } from 'vitest'
import callbacks from '../fixtures/callbacks.json' with { type: 'json' }
import { toReport } from './claim.ts'

const orderOf = (response: unknown) => Object(response)['merchant_uid'] ?? 'ORD-1'

describe('toReport()', () => {
  it('reports what the payment server reads, and nothing of the buyer', () => {
    const response = {
      success: true,
      imp_uid: 'imp_1',
      merchant_uid: 'ORD-1',
      status: 'paid',
      paid_amount: 1004,
      currency: 'KRW',
      buyer_name: '홍길동',
      card_number: '5428790000000294',
      custom_data: { a: 1 },
    }
    expect(toReport(response, 'ORD-1')).toEqual({
      success: true,
      imp_uid: 'imp_1',
      merchant_uid: 'ORD-1',
      status: 'paid',
      paid_amount: 1004,
      currency: 'KRW',
    })
  })

  it('T207: reports each known irregular response as one about its order, or not at all', () => {
    const reports = callbacks.map(({ name, response }) => {
      const report = toReport(response, orderOf(response))
      return [name, report === null ? null : [report['imp_uid'] ?? null, report['success'] ?? null]]
    })
    expect(Object.fromEntries(reports)).toEqual({
      'callback-card-paid-old-style': ['imp_347242536261', true],
      'callback-card-paid-imp_success-key': ['imp_347242536261', null],
      'callback-new-module-success': ['imp_448280090638', null],
      'callback-new-module-failed': ['imp_448280090638', null],
      'callback-new-module-prepare-failed-no-imp_uid': [null, false],
      'callback-force-closed-popup': ['imp_448280090638', null],
      'callback-prevalidation-with-request_id': [null, false],
      'callback-user-cancel-old-style-no-code': ['imp_408387462707', false],
      'callback-user-cancel-kcp-kakao-text': ['imp_408387462708', false],
      'callback-failed-limit': ['imp_408387462709', false],
      'callback-wrong-channel-misspelt-key': [null, false],
      'callback-popup-blocked': [null, false],
      'callback-vbank-issued': ['imp_500000000001', true],
      'callback-success-true-status-failed': ['imp_500000000002', true],
      'callback-false-but-paid-daou': ['imp_500000000003', false],
      'callback-null': null,
      'callback-string': null,
      'callback-path-traversal-id': null,
      'callback-proto-pollution': ['imp_347242536261', true],
      'callback-billing-issue': ['imp_416388481383', true],
      'certification-success': ['imp_992536806181', true],
    })
  })

  it('T207: reports nothing of a response about another order', () => {
    expect(toReport({ success: true, imp_uid: 'imp_1', merchant_uid: 'ORD-2' }, 'ORD-1')).toBe(null)
  })
})
