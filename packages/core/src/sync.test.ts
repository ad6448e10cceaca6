import { describe, expect, it } from 'vitest'
import { impUid, issuedRecord, merchantUid, money, record } from '../fixtures/sample.ts'
import type { Change } from './change.ts'
import type { Fields } from './fields.ts'
import type { ImpUid } from './ids.ts'
import { createMemoryStore, type MemoryStore } from './memory.ts'
import { openOrder } from './order.ts'
import { fail, ok, type Result } from './result.ts'
import type { OrderStore } from './store.ts'
import {
  type FetchPayment,
  type LookupFailure,
  type LookupNotice,
  type SyncRooms,
  syncPayment,
} from './sync.ts'

const own = impUid('imp_448280090638')
const other = impUid('imp_999999999999')
const id = merchantUid('ORD-1')
const expected = { merchantUid: id, amount: money(64_900), allowances: [] }
const paidAt = new Date(1_648_344_363_000)
const fresh = openOrder(expected)
const paidOrder = { ...fresh, status: 'paid', impUid: own, paidAt, sequence: 1 }

/** What a provider knows, by payment; it counts how often it is asked. */
function provider(...records: readonly Fields[]) {
  const asked: ImpUid[] = []
  const fetchPayment: FetchPayment = async (uid) => {
    asked.push(uid)
    const found = records.find((each) => each['imp_uid'] === uid)
    return found === undefined ? fail({ reason: 'payment_not_found', impUid: uid }) : ok(found)
  }
  return { asked, fetchPayment }
}

function notice(changes: Partial<LookupNotice> = {}): LookupNotice {
  return {
    kind: 'payment',
    channel: 'webhook',
    impUid: own,
    merchantUid: id,
    claim: 'success',
    claimedStatus: 'paid',
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
    ...changes,
  }
}

function openShop(): MemoryStore {
  const store = createMemoryStore()
  store.open(expected)
  return store
}

const rooms = (store: OrderStore, fetchPayment: FetchPayment): SyncRooms => ({
  store,
  fetchPayment,
  mode: 'live',
})

describe('syncPayment()', () => {
  it('records a payment as the provider has it and gives the order read back', async () => {
    const store = openShop()
    const result = await syncPayment(notice(), rooms(store, provider(record()).fetchPayment))
    expect(result).toEqual(ok({ order: paidOrder, outcome: 'become' }))
    expect(await store.find(id)).toEqual(ok(paidOrder))
    expect(store.attempts).toEqual([])
  })

  it.each([
    ['says it failed', { claim: 'failure', claimedStatus: 'failed', errorCode: 'F400' }],
    ['says nothing', { claim: 'unknown', claimedStatus: null }],
    ['says another amount', { claimedAmount: money(1) }],
    ['comes by the browser', { channel: 'callback' }],
  ] as const)('T7: believes the record and not a notice that %s', async (_, changes) => {
    const world = rooms(openShop(), provider(record()).fetchPayment)
    expect(await syncPayment(notice(changes), world)).toEqual(
      ok({ order: paidOrder, outcome: 'become' }),
    )
  })

  it('T7: takes nothing for paid because a notice says so', async () => {
    const store = openShop()
    const pending = record({ status: 'ready', paid_at: 0 })
    const result = await syncPayment(notice(), rooms(store, provider(pending).fetchPayment))
    expect(result).toEqual(ok({ order: fresh, outcome: 'keep' }))
    expect(store.changes).toEqual([])
  })

  it('shows an issued account, then the deposit', async () => {
    const store = openShop()
    const issued = await syncPayment(
      notice({ claimedStatus: 'ready' }),
      rooms(store, provider(issuedRecord()).fetchPayment),
    )
    const paid = await syncPayment(
      notice(),
      rooms(store, provider(issuedRecord({ status: 'paid', paid_at: 1 })).fetchPayment),
    )
    expect([issued, paid].map((each) => each.ok && each.value.order.status)).toEqual([
      'vbank_issued',
      'paid',
    ])
  })
})

describe('syncPayment() without an answer', () => {
  it('says that the order is unknown, and asks the provider nothing', async () => {
    const store = createMemoryStore()
    const { asked, fetchPayment } = provider(record())
    expect(await syncPayment(notice(), rooms(store, fetchPayment))).toEqual(
      fail({ reason: 'order_unknown', merchantUid: id }),
    )
    expect(asked).toEqual([])
  })

  const lookupFailures: readonly LookupFailure[] = [
    { reason: 'payment_not_found', impUid: own },
    { reason: 'provider_unavailable', cause: 'HTTP 500' },
    { reason: 'provider_refused_us', cause: 'HTTP 401' },
  ]
  it.each(lookupFailures)('T12: passes $reason on and writes nothing', async (failure) => {
    const store = openShop()
    const result = await syncPayment(
      notice(),
      rooms(store, async () => fail(failure)),
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
  ])('T12: calls the record %o malformed and writes nothing', async (answer, field) => {
    const store = openShop()
    const result = await syncPayment(
      notice(),
      rooms(store, async () => ok(answer)),
    )
    expect(result).toEqual(fail({ reason: 'payment_malformed', field }))
    expect([store.changes, store.attempts]).toEqual([[], []])
  })

  it('T4: does not believe a record of another payment than it asked for', async () => {
    const store = openShop()
    const result = await syncPayment(
      notice(),
      rooms(store, async () => ok(record({ imp_uid: other }))),
    )
    expect(result).toEqual(fail({ reason: 'record_mismatch', expected: own, actual: other }))
    expect([store.changes, store.attempts]).toEqual([[], []])
  })

  const down = { reason: 'store_unavailable', cause: 'D1' } as const
  const refused = record({ amount: 100 })
  it.each([
    ['find', record()],
    ['record', record()],
    ['note', refused],
  ] as const)('says that the store is away when %s() fails', async (deed, fields) => {
    const store: OrderStore = { ...openShop(), [deed]: async () => fail(down) }
    const result = await syncPayment(notice(), rooms(store, provider(fields).fetchPayment))
    expect(result).toEqual(fail(down))
  })

  it('says that the store is away when a second payment cannot be noted', async () => {
    const memory = openShop()
    const { fetchPayment } = provider(record(), record({ imp_uid: other }))
    await syncPayment(notice(), rooms(memory, fetchPayment))
    const store: OrderStore = { ...memory, note: async () => fail(down) }
    const second = await syncPayment(notice({ impUid: other }), rooms(store, fetchPayment))
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
    ['an issued key', { customer_uid_usage: 'issue' }, { reason: 'billing_key_issue' }],
  ])('T22: notes %s on the attempt, and the order stays payable', async (_, changes, failure) => {
    const store = openShop()
    const { fetchPayment } = provider(record({ ...changes, imp_uid: other }), record())
    const world = rooms(store, fetchPayment)

    const forged = await syncPayment(notice({ impUid: other }), world)
    expect(forged).toEqual(fail(failure))
    expect(await store.find(id)).toEqual(ok(fresh))
    expect(
      store.attempts.map(({ payment: { impUid: uid }, ...rest }) => ({ ...rest, uid })),
    ).toEqual([
      { impUid: other, merchantUid: id, verdict: 'refused', reason: failure.reason, uid: other },
    ])

    const honest = await syncPayment(notice(), world)
    expect(honest).toEqual(ok({ order: paidOrder, outcome: 'become' }))
  })

  it('T3: takes a test channel in test mode', async () => {
    const { fetchPayment } = provider(record({ sandbox: true }))
    const world: SyncRooms = { store: openShop(), fetchPayment, mode: 'test' }
    expect(await syncPayment(notice(), world)).toEqual(ok({ order: paidOrder, outcome: 'become' }))
  })

  it('T2: gives a payment of order 1 to no other order of the same price', async () => {
    const store = openShop()
    const second = merchantUid('ORD-2')
    store.open({ ...expected, merchantUid: second })
    const world = rooms(store, provider(record()).fetchPayment)
    await syncPayment(notice(), world)
    expect(await syncPayment(notice({ merchantUid: second }), world)).toEqual(
      fail({ reason: 'order_mismatch', expected: 'ORD-2', actual: 'ORD-1' }),
    )
    expect(store.changes.map((change) => change.order.merchantUid)).toEqual([id])
  })
})

describe('syncPayment() of repeated news', () => {
  it('spares the lookup when the order already says it', async () => {
    const store = openShop()
    const { asked, fetchPayment } = provider(record())
    await syncPayment(notice(), rooms(store, fetchPayment))
    const again = ['paid', 'ready', null].map((claimedStatus) =>
      syncPayment(notice({ claimedStatus }), rooms(store, fetchPayment)),
    )
    expect(await Promise.all(again)).toEqual(
      Array(3).fill(ok({ order: paidOrder, outcome: 'settled' })),
    )
    expect([asked, store.changes.length]).toEqual([[own], 1])
  })

  it('T6: looks up a cancel of a paid order, each further one, and nothing after the last', async () => {
    const store = openShop()
    const worlds = [0, 900, 1000, 64_900, 64_900].map((given) =>
      provider(record({ cancel_amount: given, cancelled_at: 1 })),
    )
    const outcomes: unknown[] = []
    for (const { asked, fetchPayment } of worlds) {
      const result = await syncPayment(
        notice({ claimedStatus: 'cancelled' }),
        rooms(store, fetchPayment),
      )
      if (!result.ok) throw new TypeError(result.failure.reason)
      const { order, outcome } = result.value
      outcomes.push([outcome, order.status, order.cancelled.minor, asked.length])
    }
    expect(outcomes).toEqual([
      ['become', 'paid', 0, 1],
      ['become', 'partially_cancelled', 900, 1],
      ['become', 'partially_cancelled', 1000, 1],
      ['become', 'cancelled', 64_900, 1],
      ['settled', 'cancelled', 64_900, 0],
    ])
  })

  it('asks again about a payment that failed, for it may have been approved late', async () => {
    const store = openShop()
    const failed = record({ status: 'failed', paid_at: 0, fail_reason: 'x' })
    const first = await syncPayment(notice(), rooms(store, provider(failed).fetchPayment))
    const same = await syncPayment(notice(), rooms(store, provider(failed).fetchPayment))
    const late = await syncPayment(notice(), rooms(store, provider(record()).fetchPayment))
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
    const store = openShop()
    const { fetchPayment } = provider(record())
    const channels = ['callback', 'redirect', 'webhook', 'webhook'] as const
    const results = await Promise.all(
      channels.map((channel) => syncPayment(notice({ channel }), rooms(store, fetchPayment))),
    )
    expect(results.map((each) => each.ok && each.value.order)).toEqual(Array(4).fill(paidOrder))
    expect(store.changes.length).toBe(1)
  })
})

describe('syncPayment() of a second payment', () => {
  const two = [record(), record({ imp_uid: other })]

  it('T2: lets one payment win the order and notes the other as paid twice', async () => {
    const store = openShop()
    const world = rooms(store, provider(...two).fetchPayment)
    await syncPayment(notice(), world)
    const second = await syncPayment(notice({ impUid: other }), world)
    expect(second).toEqual(ok({ order: paidOrder, outcome: 'duplicate_paid' }))
    expect(
      store.attempts.map(({ payment, ...rest }) => ({ ...rest, paid: payment.impUid })),
    ).toEqual([
      { impUid: other, merchantUid: id, verdict: 'duplicate_paid', reason: null, paid: other },
    ])
    expect(await store.find(id)).toEqual(ok(paidOrder))
  })

  it('T2: lets one of two simultaneous payments win, and misses neither', async () => {
    const store = openShop()
    const world = rooms(store, provider(...two).fetchPayment)
    const results = await Promise.all(
      [own, other].map((uid) => syncPayment(notice({ impUid: uid }), world)),
    )
    const outcomes = results.map((each) => each.ok && each.value.outcome)
    expect(new Set(outcomes)).toEqual(new Set(['become', 'duplicate_paid']))
    expect([store.changes.length, store.attempts.map((each) => each.verdict)]).toEqual([
      1,
      ['duplicate_paid'],
    ])
  })

  it('notes money that arrives for a closed order', async () => {
    const store = openShop()
    const cancelled = record({ status: 'cancelled', cancel_amount: 64_900 })
    const { fetchPayment } = provider(cancelled, record({ imp_uid: other }))
    const world = rooms(store, fetchPayment)
    await syncPayment(notice(), world)
    const late = await syncPayment(notice({ impUid: other }), world)
    expect(late.ok && [late.value.outcome, late.value.order.status]).toEqual([
      'late_paid',
      'cancelled',
    ])
    expect(store.attempts.map((each) => [each.impUid, each.verdict])).toEqual([
      [other, 'late_paid'],
    ])
  })
})

describe('syncPayment() against others who write', () => {
  it('decides again on what somebody else wrote meanwhile', async () => {
    const memory = openShop()
    const cancelled = record({ status: 'cancelled', cancel_amount: 64_900 })
    let isFirst = true
    const store: OrderStore = {
      ...memory,
      async record(change) {
        if (isFirst) {
          isFirst = false
          await syncPayment(notice(), rooms(memory, provider(cancelled).fetchPayment))
        }
        return memory.record(change)
      },
    }
    const result = await syncPayment(notice(), rooms(store, provider(record()).fetchPayment))
    expect(result.ok && result.value.order.status).toBe('cancelled')
    expect(memory.changes.map((change) => change.to)).toEqual(['cancelled'])
  })

  it('gives up on an order that others keep changing, after a few tries', async () => {
    const memory = openShop()
    const tried: Change[] = []
    const store: OrderStore = {
      ...memory,
      async record(change) {
        tried.push(change)
        return ok({ ...fresh, sequence: tried.length })
      },
    }
    const result = await syncPayment(notice(), rooms(store, provider(record()).fetchPayment))
    expect(result).toEqual(fail({ reason: 'order_contended', merchantUid: id }))
    expect(tried.map((change) => change.order.sequence)).toEqual([0, 1, 2, 3])
  })

  it('T2: does not give an order the payment that another order holds', async () => {
    const store = openShop()
    const second = merchantUid('ORD-2')
    const held = store.open({ ...expected, merchantUid: second })
    await syncPayment(notice(), rooms(store, provider(record()).fetchPayment))
    // A provider that tells two stories about one payment.
    const liar = provider(record({ merchant_uid: 'ORD-2' }))
    const result = await syncPayment(
      notice({ merchantUid: second }),
      rooms(store, liar.fetchPayment),
    )
    expect(result).toEqual(fail({ reason: 'order_contended', merchantUid: second }))
    expect(await store.find(second)).toEqual(ok(held))
  })

  it('ends well when the answer to a write was lost', async () => {
    const memory = openShop()
    const down = { reason: 'store_unavailable', cause: 'lost' } as const
    const store: OrderStore = {
      ...memory,
      async record(change): Promise<Result<never, typeof down>> {
        await memory.record(change)
        return fail(down)
      },
    }
    const { fetchPayment } = provider(record())
    expect(await syncPayment(notice(), rooms(store, fetchPayment))).toEqual(fail(down))
    expect(await syncPayment(notice(), rooms(store, fetchPayment))).toEqual(
      ok({ order: paidOrder, outcome: 'settled' }),
    )
    expect(memory.changes.length).toBe(1)
  })
})
