import { describe, expect, it } from 'vitest'
import { merchantUid, money, record, verified } from '../../fixtures/sample.ts'
import type { Change } from '../order/change.ts'
import type { Order } from '../order/order.ts'
import { createMemoryStore } from './memory.ts'
import { storeContract } from './store.contract.ts'
import type { Attempt } from './store.ts'

storeContract('createMemoryStore()', () => {
  const store = createMemoryStore()
  return { store, open: (expected) => store.open(expected) }
})

describe('createMemoryStore()', () => {
  const expected = { merchantUid: merchantUid('ORD-1'), amount: money(64_900), allowances: [] }

  it('lists each recorded change once, and no other', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    const change: Change = { order, payment: verified(record()), to: 'paid' }
    await store.record(change)
    await store.record(change)
    await store.record({ ...change, payment: verified(record({ imp_uid: 'imp_2' })) })
    expect(store.changes).toEqual([change])
  })

  it('keeps the first attempt of each payment', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    const attempt: Attempt = { order, payment: verified(record()), outcome: 'late_paid' }
    await store.recordAttempt(attempt)
    await store.recordAttempt({ ...attempt, outcome: 'refused', reason: 'sandbox_payment' })
    expect(store.attempts).toEqual([attempt])
  })

  it('T22: keeps a refused attempt although the order has changed since it was read', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    await store.record({ order, payment: verified(record()), to: 'paid' })
    const refused: Attempt = {
      order,
      payment: verified(record({ imp_uid: 'imp_2' })),
      outcome: 'refused',
      reason: 'sandbox_payment',
    }
    expect(await store.recordAttempt(refused)).toEqual({ ok: true, value: null })
    expect(store.attempts).toEqual([refused])
  })

  it('keeps one attempt for each payment of an order, and for each order of a payment', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    const another = store.open({ ...expected, merchantUid: merchantUid('ORD-2') })
    const first = verified(record())
    const attempts = [
      { order, payment: first },
      { order, payment: verified(record({ imp_uid: 'imp_2' })) },
      { order: another, payment: first },
    ].map((each): Attempt => ({ ...each, outcome: 'refunded' }))
    for (const attempt of attempts) await store.recordAttempt(attempt)
    expect(store.attempts).toEqual(attempts)
  })

  it('gives a payment to another order once its order has another payment', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    const another = store.open({ ...expected, merchantUid: merchantUid('ORD-2') })
    const payment = verified(record())
    const issued = await store.record({ order, payment, to: 'failed' })
    if (!issued.ok) throw new TypeError('The change was not recorded')
    const second = verified(record({ imp_uid: 'imp_2' }))
    const changes: readonly Change[] = [
      { order, payment, to: 'failed' },
      { order: issued.value, payment: second, to: 'paid' },
      { order: another, payment, to: 'paid' },
    ]
    for (const change of changes.slice(1)) await store.record(change)
    expect(store.changes).toEqual(changes)
  })

  it('rejects only the refunded payment, and only for its own order', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    const another = store.open({ ...expected, merchantUid: merchantUid('ORD-2') })
    const payment = verified(record())
    await store.recordAttempt({ order, payment, outcome: 'refunded' })
    await store.record({ order, payment, to: 'paid' })
    const moving: readonly Change[] = [
      { order, payment: verified(record({ imp_uid: 'imp_2' })), to: 'paid' },
      { order: another, payment, to: 'paid' },
    ]
    for (const change of moving) await store.record(change)
    expect(store.changes).toEqual(moving)
  })

  it('reads no more of its contents for a completion among 100,000 orders than among 1,000', async () => {
    const few = await countReads(1_000)
    expect(few).toBeGreaterThan(0)
    expect(await countReads(100_000)).toBe(few)
  })
})

/** How often the ids of payments are read for one change and two attempts, in a store of so many orders; every tenth has an attempt. */
async function countReads(orders: number): Promise<number> {
  const store = createMemoryStore()
  let reads = 0
  const countIds = <T extends object>(contents: T): T =>
    new Proxy(contents, {
      get(target, name, receiver) {
        if (name === 'impUid') reads += 1
        return Reflect.get(target, name, receiver)
      },
    })
  const open = (n: number) => {
    const uid = merchantUid(`ORD-${n}`)
    return store.open({ merchantUid: uid, amount: money(64_900), allowances: [] })
  }
  const payFor = ({ merchantUid: uid }: Order) =>
    countIds(verified(record({ imp_uid: `imp_${uid}`, merchant_uid: uid })))
  for (let n = 0; n < orders; n++) {
    const order = open(n)
    Object.defineProperty(order, 'impUid', { get: () => (reads++, null), enumerable: true })
    if (n % 10 > 0) continue
    const attempt = { order, payment: payFor(order), outcome: 'refused' } as const
    await store.recordAttempt({ ...attempt, reason: 'sandbox_payment' })
  }
  const order = open(orders)
  const payment = payFor(order)
  reads = 0
  await store.recordAttempt({ order, payment, outcome: 'refused', reason: 'sandbox_payment' })
  await store.recordAttempt({ order, payment, outcome: 'refused', reason: 'sandbox_payment' })
  await store.record({ order, payment, to: 'paid' })
  return reads
}
