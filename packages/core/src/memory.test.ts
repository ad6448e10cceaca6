import { describe, expect, it } from 'vitest'
import { merchantUid, money, record, verified } from '../fixtures/sample.ts'
import type { Change } from './change.ts'
import { createMemoryStore } from './memory.ts'
import { storeContract } from './store.contract.ts'
import type { Attempt } from './store.ts'

storeContract('createMemoryStore()', () => {
  const store = createMemoryStore()
  return { store, open: (expected) => store.open(expected) }
})

describe('createMemoryStore()', () => {
  const expected = { merchantUid: merchantUid('ORD-1'), amount: money(64_900), allowances: [] }

  it('lists each change that took place once, and no other', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    const change: Change = { order, payment: verified(record()), to: 'paid' }
    await store.record(change)
    await store.record(change)
    await store.record({ ...change, payment: verified(record({ imp_uid: 'imp_2' })) })
    expect(store.changes).toEqual([change])
  })

  it('keeps the first verdict on each payment', async () => {
    const store = createMemoryStore()
    const order = store.open(expected)
    const attempt: Attempt = { order, payment: verified(record()), verdict: 'late_paid' }
    await store.note(attempt)
    await store.note({ ...attempt, verdict: 'refused', reason: 'sandbox_payment' })
    expect(store.attempts).toEqual([attempt])
  })
})
