import { describe, expect, it } from 'vitest'
import { createShop } from '../fixtures/merchant.ts'

const person = { name: '홍길동', tel: '010-9876-5432', addr: '서울시 중구', postcode: '04524' }
const parcel = { company: 'CJGLS', invoice: '1234567890', sent_at: '2026-11-22T10:00:00+09:00' }
const delivery = { sender: { ...person, name: '가게' }, receiver: person, logis: parcel }

async function createPaidOrder(id: string, escrow: boolean) {
  const shop = createShop()
  await shop.post('/orders', { merchant_uid: id, amount: 64_900, currency: 'KRW' })
  await shop.report(id, await shop.pay(id, { pay_method: 'trans', escrow }))
  const path = `/orders/${id}/escrow-delivery`
  const register = (body: object = delivery) => shop.post(path, body)
  const change = (body: object) =>
    shop.send(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const read = () => shop.send(path)
  return { ...shop, register, change, read }
}

describe('POST /orders/{merchant_uid}/escrow-delivery', () => {
  it('registers a parcel once, however often it is sent; another one is refused', async () => {
    const { register } = await createPaidOrder('ES-1', true)
    const registered = await register()
    expect(registered).toEqual({
      status: 201,
      body: {
        merchant_uid: 'ES-1',
        company: 'CJGLS',
        invoice: '1234567890',
        sent_at: '2026-11-22T01:00:00.000Z',
        registered_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      },
    })
    expect(await register()).toEqual({ status: 200, body: registered.body })
    expect(await register({ ...delivery, logis: { ...parcel, invoice: '99' } })).toMatchObject({
      status: 409,
      body: { error: 'delivery_refused', detail: expect.any(String) },
    })
  })

  it('is not registered twice when a response is lost', async () => {
    const { register, control } = await createPaidOrder('ES-2', true)
    const path = '/escrows/logis/{imp_uid}'
    await control('/faults', { fault: 'reset_after', path, times: 1 })
    expect(await register()).toMatchObject({ status: 201, body: { invoice: '1234567890' } })
  })

  it('T49: needs a payment in escrow, and logs nobody', async () => {
    const { register, post, lines, app } = await createPaidOrder('ES-3', false)
    expect(await register()).toMatchObject({ status: 409, body: { error: 'delivery_refused' } })
    await post('/orders', { merchant_uid: 'ES-open', amount: 64_900, currency: 'KRW' })
    expect(await post('/orders/ES-open/escrow-delivery', delivery)).toMatchObject({
      status: 409,
      body: { error: 'not_paid' },
    })
    for (const [body, field] of [
      [{}, 'sender'],
      [{ ...delivery, logis: { ...parcel, sent_at: 1 } }, 'logis.sent_at'],
      [{ ...delivery, logis: { ...parcel, invoice: '' } }, 'logis.invoice'],
      [{ ...delivery, receiver: { ...person, card: '1' } }, 'receiver.card'],
    ] as const) {
      expect(await register(body)).toMatchObject({
        status: 400,
        body: { error: 'request_invalid', detail: field },
      })
    }
    expect((await app.request('/orders/ES-3/escrow-delivery', { method: 'POST' })).status).toBe(401)
    expect(lines.join()).not.toMatch(/홍길동|010-9876-5432/)
  })
})

describe('PUT /orders/{merchant_uid}/escrow-delivery', () => {
  const other = { ...delivery, logis: { ...parcel, invoice: '99' } }

  it('changes the tracking number of a registered delivery, and may be repeated', async () => {
    const { register, change, read } = await createPaidOrder('ES-4', true)
    expect(await read()).toMatchObject({ status: 404, body: { error: 'delivery_unknown' } })
    expect(await change(other)).toMatchObject({ status: 409, body: { error: 'delivery_refused' } })
    const registered = await register()
    for (let times = 0; times < 2; times++) {
      const changed = { ...registered.body, invoice: '99', registered_at: expect.any(String) }
      expect(await change(other)).toEqual({ status: 200, body: changed })
      expect(await read()).toEqual({ status: 200, body: changed })
    }
  })

  it('is answered as unknown when its response is lost, and then sent again', async () => {
    const { register, change, read, control } = await createPaidOrder('ES-5', true)
    await register()
    await control('/faults', { fault: 'reset_after', path: '/escrows/logis/{imp_uid}', times: 1 })
    expect(await change(other)).toMatchObject({
      status: 503,
      body: { error: 'delivery_outcome_unknown' },
    })
    expect(await change(other)).toMatchObject({ status: 200, body: { invoice: '99' } })
    expect(await read()).toMatchObject({ status: 200, body: { invoice: '99' } })
  })

  it('is refused once the buyer has decided, and of an order that is not paid', async () => {
    const { register, change, control, post, send } = await createPaidOrder('ES-6', true)
    await register()
    const { imp_uid } = (await send('/orders/ES-6')).body
    await control(`/payments/${String(imp_uid)}/escrow`, { escrow_status: '3' })
    expect(await change(other)).toMatchObject({ status: 409, body: { error: 'delivery_refused' } })
    await post('/orders', { merchant_uid: 'ES-7', amount: 64_900, currency: 'KRW' })
    expect(await send('/orders/ES-7/escrow-delivery')).toMatchObject({
      status: 409,
      body: { error: 'not_paid' },
    })
  })
})
