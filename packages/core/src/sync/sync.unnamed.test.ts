import { describe, expect, it } from 'vitest'
import { record } from '../../fixtures/sample.ts'
import { id, notice, other, own, provider, storeWithOrder } from '../../fixtures/shop.ts'
import { fail } from '../values/result.ts'
import { syncPayment } from './sync.ts'

const unnamed = notice({ merchantUid: null })

describe('syncPayment() of a notice that names a payment and no order', () => {
  it('takes the order from the record', async () => {
    const store = storeWithOrder()
    const records = provider(record({ imp_uid: own, merchant_uid: id, amount: 64_900 }))
    const synced = await syncPayment(unnamed, { store, ...records, mode: 'live' })
    expect(synced).toMatchObject({
      ok: true,
      value: { outcome: 'become', order: { merchantUid: id, status: 'paid', impUid: own } },
    })
    expect(store.changes.length).toBe(1)
  })

  it('verifies it as any other payment', async () => {
    const store = storeWithOrder()
    const records = provider(record({ imp_uid: own, merchant_uid: id, amount: 100 }))
    const synced = await syncPayment(unnamed, { store, ...records, mode: 'live' })
    expect(synced).toMatchObject({ ok: false, failure: { reason: 'amount_mismatch' } })
    expect(store.attempts).toMatchObject([{ outcome: 'refused', reason: 'amount_mismatch' }])
  })

  it('fails for a record of an order that is not stored, and for an unknown payment', async () => {
    const store = storeWithOrder()
    const records = provider(record({ imp_uid: own, merchant_uid: 'ORD-X', amount: 64_900 }))
    const deps = { store, ...records, mode: 'live' } as const
    expect(await syncPayment(unnamed, deps)).toEqual(
      fail({ reason: 'order_unknown', merchantUid: 'ORD-X' }),
    )
    expect(await syncPayment({ ...unnamed, impUid: other }, deps)).toEqual(
      fail({ reason: 'payment_not_found', impUid: other }),
    )
  })
})
