import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columns,
  orderWithStatus,
  other,
  own,
  paymentRecords,
  readCells,
} from '../../fixtures/decisions.ts'
import { order, record, verified } from '../../fixtures/sample.ts'
import { applyChange } from './change.ts'
import { decide } from './decide.ts'
import type { Order, OrderStatus } from './order.ts'
import type { VerifiedPayment } from './verify.ts'

const cells = readCells()

describe('decide()', () => {
  it('has a written cell for every order status, every payment and every relation', () => {
    expect(cells.length).toBe((7 + 7 + 2) * columns.length)
  })

  it.each(cells)('$name: $decision', ({ order: currentOrder, payment, decision }) => {
    expect(decide(payment, currentOrder)).toEqual(decision)
  })

  it('T21: accepts money for an expired order as its payment only under the policy deliver', () => {
    const expired = orderWithStatus('expired', own)
    const delivered = { ...expired, policy: { late: 'deliver', unmatched: 'report' } } as const
    const refunded = { ...expired, policy: { late: 'refund', unmatched: 'report' } } as const
    for (const imp_uid of [own, other]) {
      const paid = verified(record({ imp_uid }))
      expect(decide(paid, delivered)).toEqual({ kind: 'become', to: 'paid' })
      expect(decide(paid, expired)).toEqual({ kind: 'late_paid' })
      expect(decide(paid, refunded)).toEqual({ kind: 'late_paid' })
    }
  })

  it('assigns the first payment to the order, unless the order was cancelled before', () => {
    const cancelled = verified(paymentRecords['cancelled'] ?? {})
    const become = { kind: 'become', to: 'cancelled' }
    expect(
      (['pending', 'failed', 'expired', 'cancelled'] as const).map((status) =>
        decide(cancelled, orderWithStatus(status, null)),
      ),
    ).toEqual([become, become, become, { kind: 'refunded' }])
  })
})

describe('decide() over whole histories', () => {
  const somePayment = fc.tuple(
    fc.constantFrom(...Object.values(paymentRecords)),
    fc.constantFrom(own, other),
  )
  const history = fc.array(
    somePayment.map(([fields, imp_uid]) => verified({ ...fields, imp_uid })),
    { maxLength: 12 },
  )

  function applyAll(start: Order, payments: readonly VerifiedPayment[]): Order {
    return payments.reduce((current, payment) => {
      const decision = decide(payment, current)
      return decision.kind === 'become'
        ? applyChange({ order: current, payment, to: decision.to })
        : current
    }, start)
  }

  it('T6: never leaves cancelled', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(own, other, null), (payments, holder) => {
        const closed = orderWithStatus('cancelled', holder)
        expect(applyAll(closed, payments)).toEqual(closed)
      }),
    )
  })

  it('keeps the order when the same payment is decided again', () => {
    fc.assert(
      fc.property(history, (payments) => {
        const once = applyAll(order(), payments)
        const last = payments.at(-1)
        const again = last === undefined ? once : applyAll(once, [last])
        expect(again).toEqual(once)
      }),
    )
  })

  it('never replaces the payment that paid, and never lowers the refunded amount', () => {
    const paidStatuses: readonly OrderStatus[] = ['paid', 'partially_cancelled', 'cancelled']
    fc.assert(
      fc.property(history, (payments) => {
        let current = order()
        for (const payment of payments) {
          const next = applyAll(current, [payment])
          expect(!paidStatuses.includes(current.status) || next.impUid === current.impUid).toBe(
            true,
          )
          expect(next.cancelled.minor).toBeGreaterThanOrEqual(current.cancelled.minor)
          current = next
        }
      }),
    )
  })

  it('ends in the same state for every order of arrival of the records of one payment', () => {
    const records = Object.values(paymentRecords).map((fields) => verified(fields))
    const shuffled = fc
      .subarray(records, { minLength: 1 })
      .chain((some) =>
        fc.tuple(
          fc.shuffledSubarray(some, { minLength: some.length }),
          fc.shuffledSubarray(some, { minLength: some.length }),
        ),
      )
    fc.assert(
      fc.property(shuffled, ([one, another]) => {
        const ends = [one, another].map((payments) => {
          const { status, impUid: holder, cancelled } = applyAll(order(), payments)
          return { status, holder, cancelled }
        })
        expect(ends[0]).toEqual(ends[1])
      }),
      { numRuns: 1_000 },
    )
  })
})
