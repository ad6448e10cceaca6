import { describe, expect, it } from 'vitest'
import { issuedRecord, order, payment } from '../fixtures/sample.ts'
import { isOverdue } from './order.ts'

const issued = payment(issuedRecord())
const dueAt = new Date(1_710_342_000_000)
const waiting = order({
  status: 'vbank_issued',
  virtualAccount: issued.status === 'vbank_issued' ? issued.virtualAccount : null,
})
const at = (offsetMs: number) => new Date(dueAt.getTime() + offsetMs)

describe('isOverdue()', () => {
  it('T24: says so from the moment after the due date, and not at it', () => {
    expect([at(-1), at(0), at(1)].map((now) => isOverdue(waiting, now))).toEqual([
      false,
      false,
      true,
    ])
  })

  it('knows no due date of an account without one, nor of an order that waits for no deposit', () => {
    const account = { bank: null, number: '1', holder: null, dueAt: null, issuedAt: null }
    expect(isOverdue({ ...waiting, virtualAccount: account }, at(1))).toBe(false)
    expect(isOverdue({ ...waiting, virtualAccount: null }, at(1))).toBe(false)
    expect(isOverdue({ ...waiting, status: 'paid' }, at(1))).toBe(false)
  })
})
