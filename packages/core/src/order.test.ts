import { describe, expect, it } from 'vitest'
import { issuedRecord, merchantUid, money, order, payment } from '../fixtures/sample.ts'
import { isOverdue, openOrder } from './order.ts'

const issued = payment(issuedRecord())
const dueAt = new Date(1_710_342_000_000)
const waiting = order({
  status: 'vbank_issued',
  virtualAccount: issued.status === 'vbank_issued' ? issued.virtualAccount : null,
})
const at = (offsetMs: number) => new Date(dueAt.getTime() + offsetMs)

describe('openOrder()', () => {
  const expected = { merchantUid: merchantUid('ORD-1'), amount: money(14.2, 'USD'), allowances: [] }

  it('is pending without a payment, and only reports late and unmatched money by default', () => {
    const refund = { late: 'refund', unmatched: 'refund' } as const
    const opened = {
      merchantUid: 'ORD-1',
      amount: { minor: 1420, currency: 'USD' },
      allowances: [],
      policy: { late: 'report', unmatched: 'report' },
      status: 'pending',
      impUid: null,
      cancelled: { minor: 0, currency: 'USD' },
      virtualAccount: null,
      paidAt: null,
      failReason: null,
      receiptUrl: null,
      sequence: 0,
    }
    expect(openOrder(expected)).toEqual(opened)
    expect(openOrder({ ...expected, policy: refund })).toEqual({ ...opened, policy: refund })
  })
})

describe('isOverdue()', () => {
  it('T24: is true immediately after the due date, and not at it', () => {
    expect([at(-1), at(0), at(1)].map((now) => isOverdue(waiting, now))).toEqual([
      false,
      false,
      true,
    ])
  })

  it('is false for an account without a due date, and for an order without an open account', () => {
    const account = { bank: null, number: '1', holder: null, dueAt: null, issuedAt: null }
    expect(isOverdue({ ...waiting, virtualAccount: account }, at(1))).toBe(false)
    expect(isOverdue({ ...waiting, virtualAccount: null }, at(1))).toBe(false)
    expect(isOverdue({ ...waiting, status: 'paid' }, at(1))).toBe(false)
  })
})
