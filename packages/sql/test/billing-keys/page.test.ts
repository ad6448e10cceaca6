import { describe, expect, it } from 'vitest'
import { type Body, createKeyShop } from './key-shop.ts'

type Shop = Awaited<ReturnType<typeof createKeyShop>>

async function readStatus(shop: Shop, begun: Body, token = String(begun['token'])) {
  const path = `/payments/subjects/${String(begun['registration_id'])}`
  const headers = { authorization: `Bearer ${token}` }
  const response = await shop.server.app.request(path, { headers })
  return { status: response.status, body: await response.json() }
}

async function confirm(shop: Shop, begun: Body, fields: Body = {}) {
  const response = await shop.server.app.request('/payments/confirm', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ imp_uid: 'imp_1', merchant_uid: begun['registration_id'], ...fields }),
  })
  return { status: response.status, body: await response.json() }
}

const refused = {
  status: 409,
  body: { reason: '결제를 승인할 수 없습니다 (payment cannot be approved)' },
}

describe('the page of a registration', () => {
  it('T195: reads its status with the token of its own registration only', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    expect(await readStatus(shop, begun)).toEqual({
      status: 202,
      body: {
        status: 'pending',
        message: 'We are checking the registration. Please wait a moment.',
        mode: 'test',
      },
    })
    const other = await shop.begin()
    const unknown = { status: 404, body: { status: 'invalid', error: 'order_unknown' } }
    expect(await readStatus(shop, begun, String(other['token']))).toMatchObject(unknown)
    const invented = { ...begun, registration_id: 'billingkey0000000000000000000000' }
    expect(await readStatus(shop, invented)).toMatchObject(unknown)
    await shop.approve(shop.openWindow(begun))
    await shop.nextMinute()
    expect(await readStatus(shop, begun)).toEqual({
      status: 200,
      body: { status: 'success', message: 'The means of payment is registered.', mode: 'test' },
    })
  })
})

describe('POST /payments/confirm for the window of a registration', () => {
  it('T196: approves an open registration for the amount that it shows, or none', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin({ amount: 9_900 })
    const approved = { status: 200, body: { status: 'approved' } }
    for (const fields of [{}, { amount: 0 }, { amount: 9_900 }]) {
      expect(await confirm(shop, begun, fields)).toEqual(approved)
    }
    expect(await confirm(shop, begun, { amount: 9_901 })).toEqual(refused)
  })

  it('T196: refuses one that is registered, one that was never begun, and the id of another subject', async () => {
    const shop = await createKeyShop()
    const begun = await shop.begin()
    await shop.approve(shop.openWindow(begun))
    await shop.nextMinute()
    expect(await confirm(shop, begun)).toEqual(refused)
    const invented = { registration_id: 'billingkey0000000000000000000000' }
    expect(await confirm(shop, invented)).toEqual(refused)
    const charging = { pg: 'kakaopay', amount: 9_900, order: { merchant_uid: 'ORD-7' } }
    const withOrder = await shop.begin(charging)
    expect(await confirm(shop, withOrder, { amount: 9_900 })).toEqual(refused)
    expect(await confirm(shop, { registration_id: 'ORD-7' }, { amount: 9_900 })).toEqual({
      status: 200,
      body: { status: 'approved' },
    })
  })
})

describe('the registration of a window that charges', () => {
  it('T198: fails with its order, once it is closed, and says so', async () => {
    const shop = await createKeyShop()
    const charging = { pg: 'kakaopay', amount: 9_900, order: { merchant_uid: 'ORD-7' } }
    const begun = await shop.begin(charging)
    await shop.simulator.paymentWindow.cancel(shop.openWindow(begun))
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({ status: 'pending' })
    expect((await shop.send('/orders/ORD-7/cancel', {})).status).toBe(200)
    await shop.nextMinute()
    await shop.nextMinute()
    expect(await shop.read(begun)).toMatchObject({ status: 'failed', failure: 'not_completed' })
    expect(shop.typesOf().filter((type) => type.startsWith('billing_key'))).toEqual([
      'billing_key.failed',
    ])
    expect(await confirm(shop, { registration_id: 'ORD-7' }, { amount: 9_900 })).toEqual(refused)
  })
})
