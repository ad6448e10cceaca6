import { describe, expect, it } from 'vitest'
import { impUid, merchantUid, money, order } from '../../fixtures/sample.ts'
import type { OrderAccount } from './account.ts'
import { isOverdue, openOrder } from './order.ts'

const dueAt = new Date(1_710_342_000_000)
const account = { bank: null, number: '1', holder: null, dueAt, issuedAt: null }
const accountOf = (uid: string, changes: Partial<OrderAccount> = {}): OrderAccount => ({
  ...account,
  impUid: impUid(uid),
  isClosed: false,
  ...changes,
})
const waiting = order({
  status: 'vbank_issued',
  virtualAccount: account,
  accounts: [accountOf('imp_1')],
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
      createdAt: null,
      status: 'pending',
      impUid: null,
      paid: null,
      cancelled: { minor: 0, currency: 'USD' },
      virtualAccount: null,
      accounts: [],
      paidAt: null,
      failReason: null,
      receiptUrl: null,
      sequence: 0,
    }
    expect(openOrder(expected)).toEqual(opened)
    expect(openOrder({ ...expected, policy: refund })).toEqual({ ...opened, policy: refund })
    expect(openOrder({ ...expected, createdAt: dueAt })).toEqual({ ...opened, createdAt: dueAt })
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

  it('T62: is true only after the grace period', () => {
    const graceMs = 3 * 3_600_000
    const times = [at(1), at(graceMs), at(graceMs + 1)]
    expect(times.map((now) => isOverdue(waiting, now, graceMs))).toEqual([false, false, true])
  })

  it('T63: waits for the last open account of the order', () => {
    const later = accountOf('imp_2', { dueAt: at(1000) })
    const both = { ...waiting, accounts: [accountOf('imp_1'), later] }
    const onlyFirst = {
      ...waiting,
      accounts: [accountOf('imp_2', { dueAt: at(1000), isClosed: true }), accountOf('imp_1')],
    }
    expect([isOverdue(both, at(1000)), isOverdue(both, at(1001))]).toEqual([false, true])
    expect(isOverdue(onlyFirst, at(1))).toBe(true)
  })

  it('is false for an account without a due date, and for an order without an open account', () => {
    const endless = accountOf('imp_2', { dueAt: null })
    const closed = accountOf('imp_1', { isClosed: true })
    expect(isOverdue({ ...waiting, accounts: [accountOf('imp_1'), endless] }, at(1))).toBe(false)
    expect(isOverdue({ ...waiting, accounts: [closed] }, at(1))).toBe(false)
    expect(isOverdue({ ...waiting, accounts: [] }, at(1))).toBe(false)
    expect(isOverdue({ ...waiting, status: 'paid' }, at(1))).toBe(false)
  })
})
