import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../../test/merchant.ts'

const order = { merchant_uid: 'order-1', amount: 1000 }
const registered = { merchant_uid: 'order-1', amount: 1000, currency: null }

describe('/payments/prepare', () => {
  it('registers an amount, changes it and returns it', async () => {
    const { send, get } = createMerchant()
    const made = await send('POST', '/payments/prepare', order)
    const changed = await send('PUT', '/payments/prepare', {
      ...order,
      amount: '14.2',
      currency: 'USD',
    })
    const read = await get('/payments/prepare/order-1')

    expect(made.body['response']).toEqual(registered)
    expect(changed.body['response']).toEqual({ ...registered, amount: 14.2, currency: 'USD' })
    expect(read).toEqual({ status: 200, body: changed.body })
  })

  it('refuses to register the same order twice with the provider’s text', async () => {
    const { send, get } = createMerchant()
    await send('POST', '/payments/prepare', order)
    const again = await send('POST', '/payments/prepare', { ...order, amount: 1 })

    expect(again).toEqual({
      status: 200,
      body: {
        code: 1,
        message: '결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).',
        response: null,
      },
    })
    expect((await get('/payments/prepare/order-1')).body['response']).toEqual(registered)
  })

  it('refuses an unregistered order with the provider’s text', async () => {
    const { send, get } = createMerchant()
    const unknown = {
      status: 404,
      body: { code: 1, message: '사전등록된 결제정보가 존재하지 않습니다.', response: null },
    }
    expect(await get('/payments/prepare/order-1')).toEqual(unknown)
    expect(await send('PUT', '/payments/prepare', order)).toEqual(unknown)
  })

  for (const body of [{ amount: 1000 }, { merchant_uid: 'order-1' }, { ...order, amount: -1 }]) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const { send } = createMerchant()
      expect((await send('POST', '/payments/prepare', body)).status).toBe(400)
    })
  }

  it('finds an order whose id has a slash and Korean characters', async () => {
    const { send, get } = createMerchant()
    await send('POST', '/payments/prepare', { merchant_uid: '주문/1', amount: 1 })
    for (const path of ['주문/1', encodeURIComponent('주문/1'), '주문/1/']) {
      expect((await get(`/payments/prepare/${path}`)).status).toBe(200)
    }
  })
})
