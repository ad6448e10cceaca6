import { describe, expect, it } from 'vitest'
import { issuedRecord, merchantUid, money, record } from '../../fixtures/sample.ts'
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
import type { Order } from '../order/order.ts'
import { fail, ok } from '../values/result.ts'
import { createMemoryStore } from './memory.ts'
import type { OrderStore } from './store.ts'
import { type LookupFailure, type SyncDeps, syncPayment } from './sync.ts'

describe('syncPayment()', () => {
  it('records the payment of the provider and returns the order read back', async () => {
    const store = storeWithOrder()
    const result = await syncPayment(notice(), syncDeps(store, provider(record()).fetchPayment))
    expect(result).toEqual(synced(paidOrder, 'become', record()))
    expect(await store.find(id)).toEqual(ok(paidOrder))
    expect(store.attempts).toEqual([])
  })

  it.each([
    ['claims a failure', { claim: 'failure', claimedStatus: 'failed', errorCode: 'F400' }],
    ['claims nothing', { claim: 'unknown', claimedStatus: null }],
    ['claims another amount', { claimedAmount: money(1) }],
    ['comes from the browser', { channel: 'callback' }],
  ] as const)('T7: trusts the record and not a notice that %s', async (_, changes) => {
    const deps = syncDeps(storeWithOrder(), provider(record()).fetchPayment)
    expect(await syncPayment(notice(changes), deps)).toEqual(synced(paidOrder, 'become', record()))
  })

  it('T7: treats nothing as paid because a notice claims it', async () => {
    const store = storeWithOrder()
    const pending = record({ status: 'ready', paid_at: 0 })
    const result = await syncPayment(notice(), syncDeps(store, provider(pending).fetchPayment))
    expect(result).toEqual(synced(fresh, 'keep', pending))
    expect(store.changes).toEqual([])
  })

  it('records an issued account, then the deposit', async () => {
    const store = storeWithOrder()
    const issued = await syncPayment(
      notice({ claimedStatus: 'ready' }),
      syncDeps(store, provider(issuedRecord()).fetchPayment),
    )
    const paid = await syncPayment(
      notice(),
      syncDeps(store, provider(issuedRecord({ status: 'paid', paid_at: 1 })).fetchPayment),
    )
    expect([issued, paid].map((each) => each.ok && each.value.order.status)).toEqual([
      'vbank_issued',
      'paid',
    ])
  })
})

describe('syncPayment() of a notice about the payment of the order', () => {
  it.each([
    ['pending', 'paid', 1],
    ['vbank_issued', 'paid', 1],
    ['failed', 'paid', 1],
    ['expired', 'paid', 1],
    ['paid', 'paid', 0],
    ['paid', null, 0],
    ['paid', 'cancelled', 1],
    ['partially_cancelled', 'paid', 0],
    ['partially_cancelled', 'cancelled', 1],
    ['cancelled', 'paid', 0],
    ['cancelled', 'cancelled', 0],
  ] as const)(
    'T25: an order that is %s, with a notice of %s, costs %d lookups',
    async (status, claimed, lookups) => {
      const { lookedUp, fetchPayment } = provider(record())
      const storedOrder: Order = { ...fresh, status, impUid: own }
      const store: OrderStore = { ...storeWithOrder(), find: async () => ok(storedOrder) }
      const synced = await syncPayment(
        notice({ claimedStatus: claimed }),
        syncDeps(store, fetchPayment),
      )
      const isUpToDate = synced.ok && synced.value.outcome === 'up_to_date'
      expect([lookedUp.length, isUpToDate]).toEqual([lookups, lookups === 0])
    },
  )
})

describe('syncPayment() without a result', () => {
  it('fails for an unknown order, without a lookup', async () => {
    const store = createMemoryStore()
    const { lookedUp, fetchPayment } = provider(record())
    expect(await syncPayment(notice(), syncDeps(store, fetchPayment))).toEqual(
      fail({ reason: 'order_unknown', merchantUid: id }),
    )
    expect(lookedUp).toEqual([])
  })

  const lookupFailures: readonly LookupFailure[] = [
    { reason: 'payment_not_found', impUid: own },
    { reason: 'provider_unavailable', cause: 'HTTP 500' },
    { reason: 'provider_refused_us', cause: 'HTTP 401' },
  ]
  it.each(lookupFailures)('T12: returns $reason and writes nothing', async (failure) => {
    const store = storeWithOrder()
    const result = await syncPayment(
      notice(),
      syncDeps(store, async () => fail(failure)),
    )
    expect(result).toEqual(fail(failure))
    expect([store.changes, store.attempts, await store.find(id)]).toEqual([[], [], ok(fresh)])
  })

  it.each([
    [null, 'response'],
    ['<html></html>', 'response'],
    [[], 'response'],
    [record({ amount: '64900' }), 'amount'],
    [record({ cancel_amount: undefined }), 'cancel_amount'],
  ])('T12: fails for the malformed record %o and writes nothing', async (response, field) => {
    const store = storeWithOrder()
    const result = await syncPayment(
      notice(),
      syncDeps(store, async () => ok(response)),
    )
    expect(result).toEqual(fail({ reason: 'payment_malformed', field }))
    expect([store.changes, store.attempts]).toEqual([[], []])
  })

  it('T4: does not use a record of another payment than the requested one', async () => {
    const store = storeWithOrder()
    const result = await syncPayment(
      notice(),
      syncDeps(store, async () => ok(record({ imp_uid: other }))),
    )
    expect(result).toEqual(fail({ reason: 'record_mismatch', expected: own, actual: other }))
    expect([store.changes, store.attempts]).toEqual([[], []])
  })

  const down = { reason: 'store_unavailable', cause: 'D1' } as const
  const refused = record({ amount: 100 })
  it.each([
    ['find', record()],
    ['record', record()],
    ['recordAttempt', refused],
  ] as const)('fails with store_unavailable when %s() fails', async (operation, fields) => {
    const store: OrderStore = { ...storeWithOrder(), [operation]: async () => fail(down) }
    const result = await syncPayment(notice(), syncDeps(store, provider(fields).fetchPayment))
    expect(result).toEqual(fail(down))
  })

  it('fails with store_unavailable when a second payment cannot be recorded', async () => {
    const memory = storeWithOrder()
    const { fetchPayment } = provider(record(), record({ imp_uid: other }))
    await syncPayment(notice(), syncDeps(memory, fetchPayment))
    const store: OrderStore = { ...memory, recordAttempt: async () => fail(down) }
    const second = await syncPayment(notice({ impUid: other }), syncDeps(store, fetchPayment))
    expect(second).toEqual(fail(down))
  })
})

describe('syncPayment() of a forged payment', () => {
  it.each([
    [
      'T1: a lowered amount',
      { amount: 100 },
      { reason: 'amount_mismatch', expected: money(64_900), actual: money(100) },
    ],
    [
      'T2: the payment of another order',
      { merchant_uid: 'ORD-2' },
      { reason: 'order_mismatch', expected: 'ORD-1', actual: 'ORD-2' },
    ],
    ['T3: a test channel', { sandbox: true }, { reason: 'sandbox_payment', sandbox: true }],
    [
      'T5: another currency',
      { currency: 'JPY' },
      { reason: 'currency_mismatch', expected: money(64_900), actual: money(64_900, 'JPY') },
    ],
    [
      'the issue of a billing key',
      { customer_uid_usage: 'issue' },
      { reason: 'billing_key_issue' },
    ],
  ])('T22: records %s as an attempt, and the order stays payable', async (_, changes, failure) => {
    const store = storeWithOrder()
    const { fetchPayment } = provider(record({ ...changes, imp_uid: other }), record())
    const deps = syncDeps(store, fetchPayment)

    const forged = await syncPayment(notice({ impUid: other }), deps)
    expect(forged).toEqual(fail(failure))
    expect(await store.find(id)).toEqual(ok(fresh))
    expect(
      store.attempts.map(({ payment: { impUid: uid }, ...rest }) => ({ ...rest, uid })),
    ).toEqual([{ order: fresh, outcome: 'refused', reason: failure.reason, uid: other }])

    const honest = await syncPayment(notice(), deps)
    expect(honest).toEqual(synced(paidOrder, 'become', record()))
  })

  it('T3: accepts a test channel in test mode', async () => {
    const test = record({ sandbox: true })
    const { fetchPayment } = provider(test)
    const deps: SyncDeps = { store: storeWithOrder(), fetchPayment, mode: 'test' }
    expect(await syncPayment(notice(), deps)).toEqual(synced(paidOrder, 'become', test))
  })

  it('T2: assigns a payment of order 1 to no other order of the same price', async () => {
    const store = storeWithOrder()
    const second = merchantUid('ORD-2')
    store.open({ ...expected, merchantUid: second })
    const deps = syncDeps(store, provider(record()).fetchPayment)
    await syncPayment(notice(), deps)
    expect(await syncPayment(notice({ merchantUid: second }), deps)).toEqual(
      fail({ reason: 'order_mismatch', expected: 'ORD-2', actual: 'ORD-1' }),
    )
    expect(store.changes.map((change) => change.order.merchantUid)).toEqual([id])
  })
})
