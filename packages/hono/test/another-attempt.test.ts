import { describe, expect, it } from 'vitest'
import { createFixture, pages, read } from './completion-fixture.ts'

// One attempt of a buyer failed, another one has paid, and no message of it has arrived.

const refusal = { imp_uid: null, success: false, error_code: 'F400', error_msg: '사용자 취소' }

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
    await fault('unavailable_json', { path: '/payments/find/ORD-1/paid' })
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
