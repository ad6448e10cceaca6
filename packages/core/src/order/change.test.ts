import { describe, expect, it } from 'vitest'
import { impUid, issuedRecord, money, order, record, verified } from '../../fixtures/sample.ts'
import { applyChange } from './change.ts'

const own = impUid('imp_448280090638')
const account = {
  bank: 'KB국민은행',
  number: '562-1059-18373',
  holder: null,
  dueAt: new Date(1_710_342_000_000),
  issuedAt: new Date(1_709_737_200_000),
}
const issued = { ...account, impUid: own, isClosed: false }
const slip = 'https://pg.example/slip'

describe('applyChange()', () => {
  it('makes an order paid and keeps what the merchant expects', () => {
    const fresh = order({ allowances: ['card_promotion'], sequence: 7 })
    const payment = verified(record({ receipt_url: slip }))
    expect(applyChange({ order: fresh, payment, to: 'paid' })).toEqual({
      ...fresh,
      status: 'paid',
      impUid: own,
      paid: money(64_900),
      paidAt: new Date(1_648_344_363_000),
      receiptUrl: slip,
      sequence: 8,
    })
  })

  it('sets the account of an issued payment, and keeps it after the deposit', () => {
    const afterIssue = applyChange({
      order: order(),
      payment: verified(issuedRecord()),
      to: 'vbank_issued',
    })
    const paid = applyChange({ order: afterIssue, payment: verified(record()), to: 'paid' })
    expect([afterIssue, paid]).toEqual([
      order({
        status: 'vbank_issued',
        impUid: own,
        virtualAccount: account,
        accounts: [issued],
        sequence: 1,
      }),
      order({
        status: 'paid',
        impUid: own,
        virtualAccount: account,
        accounts: [issued],
        paid: money(64_900),
        paidAt: new Date(1_648_344_363_000),
        sequence: 2,
      }),
    ])
  })

  it('takes the time of payment from a record that is first seen refunded, in part or in full', () => {
    const paidAt = new Date(1_648_344_363_000)
    const times = ([900, 64_900] as const).map((cancel_amount) => {
      const payment = verified(record({ status: 'cancelled', cancel_amount, cancelled_at: 1 }))
      const to = cancel_amount === 900 ? 'partially_cancelled' : 'cancelled'
      return applyChange({ order: order(), payment, to }).paidAt
    })
    expect(times).toEqual([paidAt, paidAt])
  })

  it('keeps the time of payment and the sales slip, and sets the refunded amount', () => {
    const paidAt = new Date(1_648_344_363_000)
    const paid = order({ status: 'paid', impUid: own, paidAt, receiptUrl: slip, sequence: 1 })
    const payment = verified(record({ status: 'cancelled', cancel_amount: 900 }))
    expect(applyChange({ order: paid, payment, to: 'partially_cancelled' })).toEqual({
      ...paid,
      status: 'partially_cancelled',
      paid: money(64_900),
      cancelled: money(900),
      sequence: 2,
    })
  })

  it('has the reason of a failure only while the order is failed', () => {
    const payment = verified(record({ status: 'failed', paid_at: 0, fail_reason: '한도초과' }))
    const failed = applyChange({ order: order(), payment, to: 'failed' })
    const paid = applyChange({ order: failed, payment: verified(record()), to: 'paid' })
    expect([failed.failReason, paid.failReason]).toEqual(['한도초과', null])
  })

  it('drops the account and the sales slip of another payment', () => {
    const other = order({
      status: 'vbank_issued',
      impUid: impUid('imp_999999999999'),
      virtualAccount: account,
      receiptUrl: slip,
      sequence: 1,
    })
    expect(applyChange({ order: other, payment: verified(record()), to: 'paid' })).toEqual(
      order({
        status: 'paid',
        impUid: own,
        paid: money(64_900),
        paidAt: new Date(1_648_344_363_000),
        sequence: 2,
      }),
    )
  })

  it('keeps what the payment charged by its own record, also of one first seen refunded', () => {
    const charged = verified(record({ amount: 67_900, cancel_amount: 67_900, status: 'cancelled' }))
    const refunded = applyChange({ order: order(), payment: charged, to: 'cancelled' })
    expect([refunded.paid, refunded.cancelled]).toEqual([money(67_900), money(67_900)])
    const unpaid = verified(record({ status: 'failed', paid_at: 0 }))
    expect(applyChange({ order: order(), payment: unpaid, to: 'failed' }).paid).toBeNull()
  })
})
