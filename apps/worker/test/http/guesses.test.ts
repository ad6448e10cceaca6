import { describe, expect, it } from 'vitest'
import { createShop } from '../fixtures/merchant.ts'

type Shop = ReturnType<typeof createShop>

const order = (shop: Shop, merchant_uid: string) =>
  shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW' })
/** Payments that do not exist, offered for an order. */
const guess = async (shop: Shop, merchantUid: string, times: number): Promise<number[]> => {
  const statuses: number[] = []
  for (let index = 0; index < times; index++) {
    statuses.push((await shop.report(merchantUid, `imp_${String(index).padStart(12, '0')}`)).status)
  }
  return statuses
}

describe('guesses for an order', () => {
  it('T72: do not hold up the page of the buyer who pays after them', async () => {
    const shop = createShop()
    await order(shop, 'G-page')
    expect(await guess(shop, 'G-page', 30)).toEqual(Array(30).fill(202))
    expect(await shop.report('G-page', await shop.pay('G-page'))).toMatchObject({
      status: 200,
      body: { status: 'success' },
    })
  })

  it('T72: do not hold up the webhook, nor the phone that returns', async () => {
    const shop = createShop()
    for (const id of ['G-webhook', 'G-phone']) {
      await order(shop, id)
      await guess(shop, id, 30)
    }
    const webhook = {
      imp_uid: await shop.pay('G-webhook'),
      merchant_uid: 'G-webhook',
      status: 'paid',
    }
    expect((await shop.post('/payments/webhook', webhook)).status).toBe(200)
    const query = new URLSearchParams({
      imp_uid: await shop.pay('G-phone'),
      merchant_uid: 'G-phone',
    })
    const returned = await shop.app.request(`/payments/redirect?${query}`)
    expect(returned.headers.get('location')).toBe('https://shop.example/result/success')
    expect(await shop.send('/orders/G-webhook')).toMatchObject({ body: { status: 'paid' } })
  })

  it('T72: do not hide an account that was issued after them', async () => {
    const shop = createShop()
    await order(shop, 'G-account')
    await guess(shop, 'G-account', 30)
    const impUid = await shop.pay('G-account', { pay_method: 'vbank' })
    expect(await shop.report('G-account', impUid)).toMatchObject({
      status: 200,
      body: { status: 'vbankIssued' },
    })
  })
})
