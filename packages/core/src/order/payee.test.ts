import { describe, expect, it } from 'vitest'
import { impUid, order, payment, record } from '../../fixtures/sample.ts'
import { expected, id, notice, own, provider, syncDeps } from '../../fixtures/shop.ts'
import { createMemoryStore } from '../sync/memory.ts'
import { syncPayment } from '../sync/sync.ts'
import { parseImpUid } from '../values/ids.ts'
import { fail, ok } from '../values/result.ts'
import { openOrder } from './order.ts'
import { type Payee, payeeOf, toPaymentOf } from './payee.ts'
import { verifyPayment } from './verify.ts'

const second = 'second' as Payee
const ofSecond = toPaymentOf(own, second)

describe('the payments of several accounts', () => {
  it('name their payee, and only once', () => {
    expect(ofSecond).toBe('imp_448280090638~second')
    expect(payeeOf(ofSecond)).toBe(second)
    expect(toPaymentOf(ofSecond, 'third' as Payee)).toBe(ofSecond)
    expect(toPaymentOf(own, undefined)).toBe(own)
    expect(payeeOf(own)).toBeUndefined()
    expect(payeeOf(toPaymentOf(own, '~A01' as Payee))).toBe('~A01')
  })

  it('T181: no message can name the payment of another account', () => {
    expect(parseImpUid(ofSecond)).toEqual(fail({ reason: 'id_malformed', field: 'imp_uid' }))
  })

  it('T181: the payment of an order is looked up in the account of the order', async () => {
    const store = createMemoryStore()
    store.open({ ...expected, payee: second })
    const { fetchPayment, lookedUp } = provider(record(), record({ imp_uid: ofSecond }))
    const synced = await syncPayment(notice(), syncDeps(store, fetchPayment))
    expect(lookedUp).toEqual([ofSecond])
    expect(synced.ok && synced.value.order).toMatchObject({ status: 'paid', impUid: ofSecond })
    const again = await syncPayment(notice(), syncDeps(store, fetchPayment))
    expect(again.ok && again.value.outcome).toBe('up_to_date')
    expect(lookedUp).toEqual([ofSecond])
  })

  it('T181: a payment to one payee pays no order of another', async () => {
    const actual = expected.merchantUid
    const mismatch = fail({ reason: 'order_mismatch', expected: id, actual })
    const paidToSecond = payment({ imp_uid: ofSecond })
    expect(verifyPayment(paidToSecond, order(), 'live')).toEqual(mismatch)
    expect(verifyPayment(payment(), order({ payee: second }), 'live')).toEqual(mismatch)
    expect(verifyPayment(paidToSecond, order({ payee: second }), 'live')).toEqual(ok(paidToSecond))
    const store = createMemoryStore()
    store.open(expected)
    const { fetchPayment } = provider(record({ imp_uid: ofSecond }))
    const foreign = notice({ impUid: ofSecond })
    expect(await syncPayment(foreign, syncDeps(store, fetchPayment))).toEqual(mismatch)
    expect(await store.find(id)).toEqual(ok(openOrder(expected)))
  })

  it('an id that is too long with its payee is malformed, and none is cut', () => {
    const long = toPaymentOf(impUid(`imp_${'1'.repeat(60)}`), second)
    expect(() => payment({ imp_uid: long })).toThrow('payment_malformed')
  })
})
