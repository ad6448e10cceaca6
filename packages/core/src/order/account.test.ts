import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impUid, issuedRecord, order, record, verified } from '../../fixtures/sample.ts'
import type { Fields } from '../values/fields.ts'
import { applyChange } from './change.ts'
import { decide } from './decide.ts'
import type { Order } from './order.ts'

const dueSeconds = 1_710_342_000
const hour = 3_600

/** The order after these records, decided one after the other. */
function follow(start: Order, ...records: readonly Fields[]): Order {
  return records.reduce<Order>((current, fields) => {
    const payment = verified(fields)
    const decision = decide(payment, current)
    return decision.kind === 'become'
      ? applyChange({ order: current, payment, to: decision.to })
      : current
  }, start)
}

const issue = (imp_uid: string, dueIn = 0, issuedAt = 1_709_737_200): Fields =>
  issuedRecord({
    imp_uid,
    vbank_num: `number of ${imp_uid}`,
    vbank_date: dueSeconds + dueIn,
    vbank_issued_at: issuedAt,
  })
const revoke = (imp_uid: string): Fields =>
  record({ imp_uid, status: 'failed', paid_at: 0, pay_method: 'vbank', fail_reason: '발급 취소' })
const deposit = (imp_uid: string, paidAt: number, dueIn = 0): Fields =>
  record({ imp_uid, pay_method: 'vbank', vbank_date: dueSeconds + dueIn, paid_at: paidAt })

const accountOf = (imp_uid: string, dueIn = 0, isClosed = false) => ({
  impUid: impUid(imp_uid),
  bank: 'KB국민은행',
  number: `number of ${imp_uid}`,
  holder: null,
  dueAt: new Date((dueSeconds + dueIn) * 1000),
  issuedAt: new Date(1_709_737_200_000),
  isClosed,
})
const shownAccount = (imp_uid: string, dueIn = 0) => {
  const { bank, number, holder, dueAt, issuedAt } = accountOf(imp_uid, dueIn)
  return { bank, number, holder, dueAt, issuedAt }
}
const expire = (issued: Order): Order => ({ ...issued, status: 'expired' })

describe('several accounts of one order', () => {
  it('T63: keeps each of them, and shows the one that is due last', () => {
    const expected = order({
      status: 'vbank_issued',
      impUid: impUid('imp_late'),
      virtualAccount: shownAccount('imp_late', hour),
      accounts: [accountOf('imp_early'), accountOf('imp_late', hour)],
      sequence: 2,
    })
    expect(follow(order(), issue('imp_early'), issue('imp_late', hour))).toEqual(expected)
    expect(follow(order(), issue('imp_late', hour), issue('imp_early'))).toEqual(expected)
  })

  it('shows the newest of those that are due at the same time', () => {
    const { impUid: shown } = follow(order(), issue('imp_new', 0, 1_709_737_201), issue('imp_old'))
    expect(shown).toBe('imp_new')
  })

  it('T63: a deposit into any of them pays the order, whatever account is shown', () => {
    const issued = follow(order(), issue('imp_honest'), issue('imp_stranger', 30 * 24 * hour))
    expect(follow(issued, deposit('imp_honest', dueSeconds))).toEqual({
      ...issued,
      status: 'paid',
      impUid: impUid('imp_honest'),
      paid: issued.amount,
      virtualAccount: shownAccount('imp_honest'),
      paidAt: new Date(dueSeconds * 1000),
      sequence: 3,
    })
  })

  it('T63: goes on with the account that is left when another is revoked, and fails with the last', () => {
    const issued = follow(order(), issue('imp_early'), issue('imp_late', hour))
    const left = follow(issued, revoke('imp_late'))
    expect(left).toEqual({
      ...issued,
      impUid: impUid('imp_early'),
      virtualAccount: shownAccount('imp_early'),
      accounts: [accountOf('imp_late', hour, true), accountOf('imp_early')],
      sequence: 3,
    })
    expect(follow(left, revoke('imp_early'))).toEqual({
      ...left,
      status: 'failed',
      accounts: [accountOf('imp_early', 0, true), accountOf('imp_late', hour, true)],
      failReason: '발급 취소',
      sequence: 4,
    })
  })

  it('a revoked account that is not shown changes no more than the list', () => {
    const issued = follow(order(), issue('imp_early'), issue('imp_late', hour))
    expect(follow(issued, revoke('imp_early'), revoke('imp_early'))).toEqual({
      ...issued,
      accounts: [accountOf('imp_early', 0, true), accountOf('imp_late', hour)],
      sequence: 3,
    })
  })

  it('an account that was cancelled without a deposit is revoked; a deposit that was refunded cancels the order', () => {
    const issued = follow(order(), issue('imp_early'), issue('imp_late', hour))
    const cancelled = { status: 'cancelled', paid_at: 0, imp_uid: 'imp_late', pay_method: 'vbank' }
    expect(follow(issued, record(cancelled))).toMatchObject({
      status: 'vbank_issued',
      impUid: 'imp_early',
      cancelled: { minor: 0 },
    })
    expect(follow(issued, record({ ...cancelled, cancel_amount: 64_900 }))).toMatchObject({
      status: 'cancelled',
      impUid: 'imp_late',
      cancelled: { minor: 64_900 },
    })
  })

  it('a revoked account does not return by a record that was read before', () => {
    const left = follow(order(), issue('imp_a'), issue('imp_b', hour), revoke('imp_b'))
    expect(follow(left, issue('imp_b', hour))).toEqual(left)
    const failed = follow(left, revoke('imp_a'))
    expect(follow(failed, issue('imp_b', hour), issue('imp_a'))).toEqual(failed)
  })

  it('follows a due date that was moved to a later time, and no earlier one', () => {
    const issued = follow(order(), issue('imp_a'))
    const extended = follow(issued, issue('imp_a', hour))
    expect(extended).toEqual({
      ...issued,
      virtualAccount: shownAccount('imp_a', hour),
      accounts: [accountOf('imp_a', hour)],
      sequence: 2,
    })
    expect(follow(extended, issue('imp_a'))).toEqual(extended)
  })

  it('T63: keeps ten, and drops the one that is due first', () => {
    const many = Array.from(Array(10).keys(), (at) => issue(`imp_${at}`, (at + 1) * hour))
    const full = follow(order(), ...many)
    expect(full.accounts.length).toBe(10)
    expect(follow(full, issue('imp_short'))).toEqual(full)
    const longer = follow(full, issue('imp_long', 11 * hour))
    expect(longer.accounts.map(({ impUid: uid }) => uid)).toEqual([
      ...Array.from(Array(9).keys(), (at) => `imp_${at + 1}`),
      'imp_long',
    ])
    // A revoked account is dropped before any that can be paid into.
    const revoked = follow(full, revoke('imp_9'), issue('imp_short'))
    expect(revoked.accounts.map(({ impUid: uid }) => uid)).toEqual([
      'imp_short',
      ...Array.from(Array(9).keys(), (at) => `imp_${at}`),
    ])
    expect(follow(full, deposit('imp_short', 1))).toMatchObject({ status: 'paid' })
  })

  it('an account beside a card payment is not the payment of the order', () => {
    const paid = follow(order(), issue('imp_a'), record({ imp_uid: 'imp_card' }))
    expect(paid).toMatchObject({ status: 'paid', impUid: 'imp_card', virtualAccount: null })
    expect(decide(verified(deposit('imp_a', dueSeconds)), paid)).toEqual({ kind: 'duplicate_paid' })
    expect(follow(paid, revoke('imp_a'))).toEqual(paid)
  })

  it('ends in the same state for every order of arrival of accounts and their ends', () => {
    const records = [
      issue('imp_a'),
      issue('imp_b', hour),
      issue('imp_b', 2 * hour),
      issue('imp_c', hour),
      revoke('imp_a'),
    ]
    // The end of an account that nobody had reported is not remembered, so it is issued first.
    const start = follow(order(), issue('imp_a'), issue('imp_z', -hour))
    const { sequence: _, ...end } = follow(start, ...records)
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        const { sequence: __, ...arrived } = follow(start, ...shuffled)
        expect(arrived).toEqual(end)
      }),
    )
  })
})

describe('a deposit for an expired order', () => {
  const issued = follow(order(), issue('imp_a'), issue('imp_b', hour))
  const expired = expire(issued)
  const decideDeposit = (fields: Fields, late: Order['policy']['late']) =>
    decide(verified(fields), { ...expired, policy: { late, unmatched: 'report' } })

  it.each(['report', 'refund', 'deliver'] as const)(
    'T62: made by the due date it is in time, under the policy %s',
    (late) => {
      const become = { kind: 'become', to: 'paid' }
      expect(decideDeposit(deposit('imp_a', dueSeconds), late)).toEqual(become)
      expect(decideDeposit(deposit('imp_b', dueSeconds + hour, hour), late)).toEqual(become)
      // The order expires with its last account.
      expect(decideDeposit(deposit('imp_a', dueSeconds + hour), late)).toEqual(become)
    },
  )

  it('T62: made by the due date of an account that no message had reported it is in time', () => {
    expect(decideDeposit(deposit('imp_c', dueSeconds + 9 * hour, 9 * hour), 'report')).toEqual({
      kind: 'become',
      to: 'paid',
    })
  })

  it('T62: made in time and refunded in part since, it still pays the order', () => {
    const refunded = { ...deposit('imp_a', dueSeconds), status: 'cancelled', cancel_amount: 900 }
    expect(decideDeposit(refunded, 'report')).toEqual({ kind: 'become', to: 'partially_cancelled' })
  })

  it.each([
    ['after the last due date', deposit('imp_b', dueSeconds + hour + 1, hour)],
    ['at an unknown time', deposit('imp_b', 0, hour)],
    ['by card after the last due date', record({ paid_at: dueSeconds + hour + 1 })],
  ])('T62: made %s it is late', (_, fields) => {
    expect(decideDeposit(fields, 'report')).toEqual({ kind: 'late_paid' })
    expect(decideDeposit(fields, 'deliver')).toEqual({ kind: 'become', to: 'paid' })
  })

  it('T62: is late for an order that the merchant closed', () => {
    const closed: Order = { ...issued, status: 'cancelled', impUid: null }
    expect(decide(verified(deposit('imp_a', dueSeconds)), closed)).toEqual({ kind: 'late_paid' })
  })
})
