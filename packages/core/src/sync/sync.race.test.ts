import { describe, expect, it } from 'vitest'
import { merchantUid, record } from '../../fixtures/sample.ts'
import {
  expected,
  fresh,
  id,
  notice,
  other,
  own,
  paidOrder,
  provider,
  storeWithOrder,
  syncDeps,
  synced,
} from '../../fixtures/shop.ts'
import type { Change } from '../order/change.ts'
import { fail, ok, type Result } from '../values/result.ts'
import type { OrderStore } from './store.ts'
import { syncPayment } from './sync.ts'

describe('syncPayment() of repeated notices', () => {
  it('makes no lookup when the order is up to date', async () => {
    const store = storeWithOrder()
    const { lookedUp, fetchPayment } = provider(record())
    await syncPayment(notice(), syncDeps(store, fetchPayment))
    const again = ['paid', 'ready', null].map((claimedStatus) =>
      syncPayment(notice({ claimedStatus }), syncDeps(store, fetchPayment)),
    )
    expect(await Promise.all(again)).toEqual(
      Array(3).fill(ok({ order: paidOrder, outcome: 'up_to_date', payment: null })),
    )
    expect([lookedUp, store.changes.length]).toEqual([[own], 1])
  })

  it('T6: looks up a cancel of a paid order, each further one, and nothing after the last', async () => {
    const store = storeWithOrder()
    const providers = [0, 900, 1000, 64_900, 64_900].map((refundedAmount) =>
      provider(record({ cancel_amount: refundedAmount, cancelled_at: 1 })),
    )
    const outcomes: unknown[] = []
    for (const { lookedUp, fetchPayment } of providers) {
      const result = await syncPayment(
        notice({ claimedStatus: 'cancelled' }),
        syncDeps(store, fetchPayment),
      )
      if (!result.ok) throw new TypeError(result.failure.reason)
      const { order, outcome } = result.value
      outcomes.push([outcome, order.status, order.cancelled.minor, lookedUp.length])
    }
    expect(outcomes).toEqual([
      ['become', 'paid', 0, 1],
      ['become', 'partially_cancelled', 900, 1],
      ['become', 'partially_cancelled', 1000, 1],
      ['become', 'cancelled', 64_900, 1],
      ['up_to_date', 'cancelled', 64_900, 0],
    ])
  })

  it('looks a failed payment up again, because it may have been approved late', async () => {
    const store = storeWithOrder()
    const failed = record({ status: 'failed', paid_at: 0, fail_reason: 'x' })
    const first = await syncPayment(notice(), syncDeps(store, provider(failed).fetchPayment))
    const same = await syncPayment(notice(), syncDeps(store, provider(failed).fetchPayment))
    const late = await syncPayment(notice(), syncDeps(store, provider(record()).fetchPayment))
    const seen = [first, same, late].map(
      (each) => each.ok && [each.value.outcome, each.value.order.status],
    )
    expect(seen).toEqual([
      ['become', 'failed'],
      ['keep', 'failed'],
      ['become', 'paid'],
    ])
  })

  it('changes the order once when all three channels arrive together', async () => {
    const store = storeWithOrder()
    const { fetchPayment } = provider(record())
    const channels = ['callback', 'redirect', 'webhook', 'webhook'] as const
    const results = await Promise.all(
      channels.map((channel) => syncPayment(notice({ channel }), syncDeps(store, fetchPayment))),
    )
    expect(results.map((each) => each.ok && each.value.order)).toEqual(Array(4).fill(paidOrder))
    expect(store.changes.length).toBe(1)
  })
})

describe('syncPayment() of a second payment', () => {
  const two = [record(), record({ imp_uid: other })]

  it('T2: assigns one payment to the order and records the other as a duplicate', async () => {
    const store = storeWithOrder()
    const deps = syncDeps(store, provider(...two).fetchPayment)
    await syncPayment(notice(), deps)
    const second = await syncPayment(notice({ impUid: other }), deps)
    expect(second).toEqual(synced(paidOrder, 'duplicate_paid', record({ imp_uid: other })))
    expect(
      store.attempts.map(({ payment, ...rest }) => ({ ...rest, paid: payment.impUid })),
    ).toEqual([{ order: paidOrder, outcome: 'duplicate_paid', paid: other }])
    // The second payment raises the sequence of the order: its event comes after that of the first.
    expect(await store.find(id)).toEqual(ok({ ...paidOrder, sequence: paidOrder.sequence + 1 }))
  })

  it('T2: assigns one of two simultaneous payments to the order, and records both', async () => {
    const store = storeWithOrder()
    const deps = syncDeps(store, provider(...two).fetchPayment)
    const results = await Promise.all(
      [own, other].map((uid) => syncPayment(notice({ impUid: uid }), deps)),
    )
    const outcomes = results.map((each) => each.ok && each.value.outcome)
    expect(new Set(outcomes)).toEqual(new Set(['become', 'duplicate_paid']))
    expect([store.changes.length, store.attempts.map((each) => each.outcome)]).toEqual([
      1,
      ['duplicate_paid'],
    ])
  })

  it('records money that arrives for a closed order', async () => {
    const store = storeWithOrder()
    const cancelled = record({ status: 'cancelled', cancel_amount: 64_900 })
    const { fetchPayment } = provider(cancelled, record({ imp_uid: other }))
    const deps = syncDeps(store, fetchPayment)
    await syncPayment(notice(), deps)
    const late = await syncPayment(notice({ impUid: other }), deps)
    expect(late.ok && [late.value.outcome, late.value.order.status]).toEqual([
      'late_paid',
      'cancelled',
    ])
    expect(store.attempts.map((each) => [each.payment.impUid, each.outcome])).toEqual([
      [other, 'late_paid'],
    ])
  })
})

describe('syncPayment() with concurrent writers', () => {
  it('decides again on the order that a concurrent writer changed', async () => {
    const memory = storeWithOrder()
    const cancelled = record({ status: 'cancelled', cancel_amount: 64_900 })
    let isFirst = true
    const store: OrderStore = {
      ...memory,
      async record(change) {
        if (isFirst) {
          isFirst = false
          await syncPayment(notice(), syncDeps(memory, provider(cancelled).fetchPayment))
        }
        return memory.record(change)
      },
    }
    const result = await syncPayment(notice(), syncDeps(store, provider(record()).fetchPayment))
    expect(result.ok && result.value.order.status).toBe('cancelled')
    expect(memory.changes.map((change) => change.to)).toEqual(['cancelled'])
  })

  it('fails after a limited number of attempts on an order under concurrent changes', async () => {
    const memory = storeWithOrder()
    const tried: Change[] = []
    const store: OrderStore = {
      ...memory,
      async record(change) {
        tried.push(change)
        return ok({ ...fresh, sequence: tried.length })
      },
    }
    const result = await syncPayment(notice(), syncDeps(store, provider(record()).fetchPayment))
    expect(result).toEqual(fail({ reason: 'order_contended', merchantUid: id }))
    expect(tried.map((change) => change.order.sequence)).toEqual(Array.from(Array(16).keys()))
  })

  it('T2: does not assign a payment to a second order', async () => {
    const store = storeWithOrder()
    const second = merchantUid('ORD-2')
    const held = store.open({ ...expected, merchantUid: second })
    await syncPayment(notice(), syncDeps(store, provider(record()).fetchPayment))
    // A provider that returns two different records of one payment.
    const inconsistentProvider = provider(record({ merchant_uid: 'ORD-2' }))
    const result = await syncPayment(
      notice({ merchantUid: second }),
      syncDeps(store, inconsistentProvider.fetchPayment),
    )
    expect(result).toEqual(fail({ reason: 'order_contended', merchantUid: second }))
    expect(await store.find(second)).toEqual(ok(held))
  })

  const failed = record({ status: 'failed', paid_at: 0 })
  const refundFields = { status: 'cancelled', cancel_amount: 64_900, cancelled_at: 1 }

  it('a record that was read before a refund and written after it does not count as a payment', async () => {
    const memory = storeWithOrder()
    await syncPayment(notice(), syncDeps(memory, provider(failed).fetchPayment))
    const before = await memory.find(id)
    const refunded = record({ ...refundFields, imp_uid: other })
    const refund = provider(refunded)
    const cancelResults: unknown[] = []
    const store: OrderStore = {
      ...memory,
      async record(change) {
        const cancel = notice({ impUid: other, claimedStatus: 'cancelled' })
        cancelResults.push(await syncPayment(cancel, syncDeps(memory, refund.fetchPayment)))
        return memory.record(change)
      },
    }
    const old = syncDeps(store, provider(record({ imp_uid: other })).fetchPayment)
    expect(await syncPayment(notice({ impUid: other }), old)).toEqual(
      fail({ reason: 'order_contended', merchantUid: id }),
    )
    expect(cancelResults).toEqual([before.ok && synced(before.value, 'refunded', refunded)])
    expect(await memory.find(id)).toEqual(before)
    // The repeated notice reads the current record.
    const again = syncDeps(memory, refund.fetchPayment)
    expect(await syncPayment(notice({ impUid: other }), again)).toEqual(cancelResults[0])
  })

  it('a refund that is read while its payment is being written changes the order', async () => {
    const memory = storeWithOrder()
    await syncPayment(notice(), syncDeps(memory, provider(failed).fetchPayment))
    const paid = provider(record({ imp_uid: other }))
    const store: OrderStore = {
      ...memory,
      async recordAttempt(attempt) {
        await syncPayment(notice({ impUid: other }), syncDeps(memory, paid.fetchPayment))
        return memory.recordAttempt(attempt)
      },
    }
    const cancel = notice({ impUid: other, claimedStatus: 'cancelled' })
    const refund = provider(record({ ...refundFields, imp_uid: other }))
    const result = await syncPayment(cancel, syncDeps(store, refund.fetchPayment))
    expect(result.ok && [result.value.order.status, result.value.outcome]).toEqual([
      'cancelled',
      'become',
    ])
    expect(memory.attempts).toEqual([])
  })

  it('reports no late money once that money is recorded as refunded', async () => {
    const memory = storeWithOrder()
    const closed = record({ status: 'cancelled', cancel_amount: 64_900 })
    await syncPayment(notice(), syncDeps(memory, provider(closed).fetchPayment))
    const refund = provider(record({ ...refundFields, imp_uid: other }))
    const store: OrderStore = {
      ...memory,
      async recordAttempt(attempt) {
        const cancel = notice({ impUid: other, claimedStatus: 'cancelled' })
        await syncPayment(cancel, syncDeps(memory, refund.fetchPayment))
        return memory.recordAttempt(attempt)
      },
    }
    const old = syncDeps(store, provider(record({ imp_uid: other })).fetchPayment)
    await syncPayment(notice({ impUid: other }), old)
    expect(memory.attempts.map(({ outcome }) => outcome)).toEqual(['refunded'])
    expect(await memory.find(id)).toMatchObject({ ok: true, value: { sequence: 1 } })
  })

  it('succeeds when the response to a write was lost', async () => {
    const memory = storeWithOrder()
    const down = { reason: 'store_unavailable', cause: 'lost' } as const
    const store: OrderStore = {
      ...memory,
      async record(change): Promise<Result<never, typeof down>> {
        await memory.record(change)
        return fail(down)
      },
    }
    const { fetchPayment } = provider(record())
    expect(await syncPayment(notice(), syncDeps(store, fetchPayment))).toEqual(fail(down))
    expect(await syncPayment(notice(), syncDeps(store, fetchPayment))).toEqual(
      ok({ order: paidOrder, outcome: 'up_to_date', payment: null }),
    )
    expect(memory.changes.length).toBe(1)
  })
})
