import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impUid, issuedRecord, money, order, record, verified } from '../fixtures/sample.ts'
import { applyChange } from './change.ts'
import { decide } from './decide.ts'
import type { Order, OrderStatus } from './order.ts'
import type { VerifiedPayment } from './verify.ts'

const own = 'imp_448280090638'
const other = 'imp_999999999999'
const issuedAt = 1_709_737_200

const given = (cancelled: number) =>
  record({ status: 'cancelled', cancel_amount: cancelled, cancelled_at: 1_648_350_000 })
const news = {
  pending: record({ status: 'ready', paid_at: 0 }),
  'issued before': issuedRecord({ vbank_issued_at: issuedAt - 1 }),
  'issued then': issuedRecord({ vbank_issued_at: issuedAt }),
  'issued after': issuedRecord({ vbank_issued_at: issuedAt + 1 }),
  paid: record(),
  failed: record({ status: 'failed', paid_at: 0, fail_reason: 'x' }),
  'less back': given(400),
  'same back': given(500),
  'more back': given(600),
  cancelled: given(64_900),
}
type News = keyof typeof news
const columns = Object.keys(news)

// One letter a cell, columns as in `news`: = keep, i issued, p paid, f failed, - partially cancelled,
// x cancelled, 2 duplicate_paid, ! late_paid.
const table: Readonly<Record<'own' | 'other' | 'none', Partial<Record<OrderStatus, string>>>> = {
  own: {
    pending: '= i i i p f - - - x',
    vbank_issued: '= = = = p f - - - x',
    paid: '= = = = = = - - - x',
    partially_cancelled: '= = = = = = = = - x',
    cancelled: '= = = = = = = = = =',
    failed: '= = = = p = - - - x',
  },
  other: {
    pending: '= i i i p f - - - x',
    vbank_issued: '= = = i p = - - - =',
    paid: '= = = = 2 = 2 2 2 =',
    partially_cancelled: '= = = = 2 = 2 2 2 =',
    cancelled: '= = = = ! = ! ! ! =',
    failed: '= i i i p = - - - =',
  },
  none: {
    pending: '= i i i p f - - - x',
    cancelled: '= = = = ! = ! ! ! =',
  },
}
const decisions: Readonly<Record<string, object>> = {
  '=': { kind: 'keep' },
  i: { kind: 'become', to: 'vbank_issued' },
  p: { kind: 'become', to: 'paid' },
  f: { kind: 'become', to: 'failed' },
  '-': { kind: 'become', to: 'partially_cancelled' },
  x: { kind: 'become', to: 'cancelled' },
  '2': { kind: 'duplicate_paid' },
  '!': { kind: 'late_paid' },
}

const isNews = (name: string): name is News => Object.hasOwn(news, name)
const isStatus = (name: string): name is OrderStatus => Object.hasOwn(table.own, name)

function standing(status: OrderStatus, holder: string | null): Order {
  return order({
    status,
    impUid: holder === null ? null : impUid(holder),
    cancelled: money({ partially_cancelled: 500, cancelled: 64_900 }[String(status)] ?? 0),
    virtualAccount:
      status === 'vbank_issued'
        ? {
            bank: null,
            number: '1',
            holder: null,
            dueAt: null,
            issuedAt: new Date(issuedAt * 1000),
          }
        : null,
  })
}

const cells = Object.entries(table).flatMap(([relation, rows]) =>
  Object.entries(rows).flatMap(([status, row]) =>
    row.split(' ').map((letter, at) => {
      const decision = decisions[letter]
      return { relation, status, payment: columns[at] ?? '', decision }
    }),
  ),
)

describe('decide()', () => {
  it('has a written cell for every order status, every payment and every relation', () => {
    expect(cells.length).toBe((6 + 6 + 2) * columns.length)
  })

  it.each(cells)(
    '$status order, $payment payment, $relation to it: $decision',
    ({ relation, status, payment, decision }) => {
      if (!isNews(payment) || !isStatus(status)) throw new TypeError('Cannot read table')
      const holder = { own, other, none: null }[relation] ?? null
      expect(decide(verified(news[payment]), standing(status, holder))).toEqual(decision)
    },
  )

  it('keeps the account the order shows when neither account says when it was issued', () => {
    const account = { bank: null, number: '1', holder: null, dueAt: null, issuedAt: null }
    const shown = { ...standing('vbank_issued', other), virtualAccount: account }
    expect(decide(verified(issuedRecord({ vbank_issued_at: 0 })), shown)).toEqual({ kind: 'keep' })
    expect(decide(verified(issuedRecord()), shown)).toEqual({ kind: 'become', to: 'vbank_issued' })
    expect(decide(verified(issuedRecord()), { ...shown, virtualAccount: null })).toEqual({
      kind: 'become',
      to: 'vbank_issued',
    })
  })
})

describe('decide() over whole histories', () => {
  const someNews = fc.tuple(fc.constantFrom(...Object.values(news)), fc.constantFrom(own, other))
  const history = fc.array(
    someNews.map(([fields, imp_uid]) => verified({ ...fields, imp_uid })),
    { maxLength: 12 },
  )

  function play(start: Order, payments: readonly VerifiedPayment[]): Order {
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
        const closed = standing('cancelled', holder)
        expect(play(closed, payments)).toEqual(closed)
      }),
    )
  })

  it('keeps the order when the same payment is decided on again', () => {
    fc.assert(
      fc.property(history, (payments) => {
        const once = play(order(), payments)
        const last = payments.at(-1)
        const again = last === undefined ? once : play(once, [last])
        expect(again).toEqual(once)
      }),
    )
  })

  it('never lets go of the payment that paid, and never takes money back from its count', () => {
    const won: readonly OrderStatus[] = ['paid', 'partially_cancelled', 'cancelled']
    fc.assert(
      fc.property(history, (payments) => {
        let current = order()
        for (const payment of payments) {
          const next = play(current, [payment])
          expect(!won.includes(current.status) || next.impUid === current.impUid).toBe(true)
          expect(next.cancelled.minor).toBeGreaterThanOrEqual(current.cancelled.minor)
          current = next
        }
      }),
    )
  })

  it('ends in the same state whatever the order in which the records of one payment arrive', () => {
    const records = Object.values(news).map((fields) => verified(fields))
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
          const { status, impUid: holder, cancelled } = play(order(), payments)
          return { status, holder, cancelled }
        })
        expect(ends[0]).toEqual(ends[1])
      }),
      { numRuns: 1_000 },
    )
  })
})
