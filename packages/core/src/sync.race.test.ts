import { describe, expect, it } from 'vitest'
import { merchantUid, record } from '../fixtures/sample.ts'
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
} from '../fixtures/shop.ts'
import type { Change } from './change.ts'
import { fail, ok, type Result } from './result.ts'
import type { OrderStore } from './store.ts'
import { syncPayment } from './sync.ts'

describe('syncPayment() of repeated news', () => {
  it('spares the lookup when the order already says it', async () => {
    const store = storeWithOrder()
    const { lookedUp, fetchPayment } = provider(record())
    await syncPayment(notice(), syncDeps(store, fetchPayment))
    const again = ['paid', 'ready', null].map((claimedStatus) =>
      syncPayment(notice({ claimedStatus }), syncDeps(store, fetchPayment)),
    )
    expect(await Promise.all(again)).toEqual(
      Array(3).fill(ok({ order: paidOrder, outcome: 'up_to_date' })),
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

  it('asks again about a payment that failed, for it may have been approved late', async () => {
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

  it('moves the order once when all three channels arrive together', async () => {
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

  it('T2: lets one payment win the order and notes the other as paid twice', async () => {
    const store = storeWithOrder()
    const deps = syncDeps(store, provider(...two).fetchPayment)
    await syncPayment(notice(), deps)
    const second = await syncPayment(notice({ impUid: other }), deps)
    expect(second).toEqual(ok({ order: paidOrder, outcome: 'duplicate_paid' }))
    expect(
      store.attempts.map(({ payment, ...rest }) => ({ ...rest, paid: payment.impUid })),
    ).toEqual([{ order: paidOrder, outcome: 'duplicate_paid', paid: other }])
    // The second payment is news of the order: its event comes after that of the first.
    expect(await store.find(id)).toEqual(ok({ ...paidOrder, sequence: paidOrder.sequence + 1 }))
  })

  it('T2: lets one of two simultaneous payments win, and misses neither', async () => {
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

  it('notes money that arrives for a closed order', async () => {
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

describe('syncPayment() against others who write', () => {
  it('decides again on what somebody else wrote meanwhile', async () => {
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

  it('gives up on an order that others keep changing, after a few tries', async () => {
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

  it('T2: does not give an order the payment that another order holds', async () => {
    const store = storeWithOrder()
    const second = merchantUid('ORD-2')
    const held = store.open({ ...expected, merchantUid: second })
    await syncPayment(notice(), syncDeps(store, provider(record()).fetchPayment))
    // A provider that tells two stories about one payment.
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

  it('a record read before a refund, written after it, does not take the refunded money for payment', async () => {
    const memory = storeWithOrder()
    await syncPayment(notice(), syncDeps(memory, provider(failed).fetchPayment))
    const before = await memory.find(id)
    const refund = provider(record({ ...refundFields, imp_uid: other }))
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
    expect(cancelResults).toEqual([ok({ order: before.ok && before.value, outcome: 'refunded' })])
    expect(await memory.find(id)).toEqual(before)
    // Asked again, the sender reads what is true by now.
    const again = syncDeps(memory, refund.fetchPayment)
    expect(await syncPayment(notice({ impUid: other }), again)).toEqual(cancelResults[0])
  })

  it('a refund read while its payment is being written becomes the order', async () => {
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

  it('tells nothing of late money once that money is recorded as given back', async () => {
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

  it('ends well when the answer to a write was lost', async () => {
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
      ok({ order: paidOrder, outcome: 'up_to_date' }),
    )
    expect(memory.changes.length).toBe(1)
  })
})
