import type { Order } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createFixture, pages, read } from './completion-fixture.ts'

// One attempt of a buyer failed, another one has paid, and no message of it has arrived.

const refusal = { imp_uid: null, success: false, error_code: 'F400', error_msg: '사용자 취소' }

type Fixture = ReturnType<typeof createFixture>

async function createPaidBuyer() {
  const fixture = createFixture()
  fixture.order('ORD-1')
  const failed = await fixture.pay('ORD-1', { status: 'failed', fail_reason: '한도초과' })
  await fixture.pay('ORD-1')
  return { ...fixture, failed }
}

describe('T79: a failed attempt of an order that another attempt has paid', () => {
  it('is success at the callback, with or without the id of the failed payment', async () => {
    for (const ids of [{}, { imp_uid: 'failed' }]) {
      const { complete, failed, store } = await createPaidBuyer()
      const imp_uid = 'imp_uid' in ids ? failed : null
      const response = await read(complete({ ...refusal, merchant_uid: 'ORD-1', imp_uid }))
      expect(response).toMatchObject({ status: 200, body: { status: 'success' } })
      expect(store.changes.at(-1)).toMatchObject({ to: 'paid' })
    }
  })

  it('leads to the success page, also by a return that cannot be read', async () => {
    for (const query of [
      'imp_uid=null&imp_success=false&error_msg=x',
      'imp_uid=FAILED&imp_success=false&error_msg=x',
      'imp_uid=%00&imp_success=false',
    ]) {
      const { app, webhook, failed } = await createPaidBuyer()
      await webhook({ imp_uid: failed, merchant_uid: 'ORD-1', status: 'failed' })
      const url = `/payments/redirect?${query.replace('FAILED', failed)}&merchant_uid=ORD-1`
      const response = await app.request(url)
      expect([query, response.headers.get('location')]).toEqual([query, pages.success])
    }
  })

  it('is pending while the provider cannot be asked', async () => {
    const { complete, fault } = await createPaidBuyer()
    await fault('unavailable_json', { path: '/payments/findAll/ORD-1/paid' })
    expect(await read(complete({ ...refusal, merchant_uid: 'ORD-1' }))).toMatchObject({
      status: 202,
      body: { status: 'pending' },
    })
  })

  it('costs no lookup for an order that does not exist', async () => {
    const { complete, lookups } = createFixture()
    await complete({ ...refusal, merchant_uid: 'ORD-X' })
    expect(await lookups()).toBe(0)
  })
})

describe('T79: what else was paid under the id of an order whose attempt failed', () => {
  const readAfter = async (paid: Parameters<Fixture['pay']>[1]) => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    await fixture.pay('ORD-1', paid)
    return (await read(fixture.complete({ ...refusal, merchant_uid: 'ORD-1' }))).body
  }

  it.each([
    ['before', ['other', 'own']],
    ['after', ['own', 'other']],
  ] as const)('another amount that was paid %s hides no money of the buyer', async (_, payers) => {
    const { order, pay, complete, store } = createFixture()
    order('ORD-1')
    for (const payer of payers) await pay('ORD-1', payer === 'own' ? {} : { amount: 100 })
    const response = await read(complete({ ...refusal, merchant_uid: 'ORD-1' }))
    expect(response).toMatchObject({ status: 200, body: { status: 'success' } })
    expect(store.changes.at(-1)).toMatchObject({ to: 'paid' })
  })

  it('another amount waits for the shop, and is no forgery of the buyer', async () => {
    expect(await readAfter({ amount: 100 })).toMatchObject({ status: 'pending' })
    expect(await readAfter({ currency: 'USD' })).toMatchObject({ status: 'pending' })
  })

  it('a test payment and a registered card are no money', async () => {
    const failed = { status: 'failed', error_code: 'F400', error_msg: '사용자 취소' }
    expect(await readAfter({ sandbox: true })).toMatchObject(failed)
    const registration = { amount: 0, customer_uid_usage: 'issue' }
    expect(await readAfter({ overrides: registration })).toMatchObject(failed)
  })

  it('the payment of an earlier order with this id is none of this one', async () => {
    const { store, order } = createFixture()
    const created: Order = { ...order('ORD-1'), createdAt: new Date('2030-01-01T00:00:00Z') }
    const find = async () => ({ ok: true, value: created }) as const
    const { pay, complete } = createFixture({ store: { ...store, find } })
    await pay('ORD-1')
    const response = await read(complete({ ...refusal, merchant_uid: 'ORD-1' }))
    expect(response).toMatchObject({ status: 200, body: { status: 'failed' } })
  })
})
