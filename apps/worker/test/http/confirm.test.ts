import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { secret } from '../fixtures/event-receiver.ts'
import { createShop, now } from '../fixtures/merchant.ts'

const providerAddress = '52.78.100.19'
const neutral = {
  status: 409,
  body: { reason: '결제를 승인할 수 없습니다 (payment cannot be approved)' },
}

async function createOpenOrder(decide?: (request: Request) => Promise<Response>) {
  const CONFIRM_URL = 'https://shop.example/confirm'
  const shop =
    decide === undefined ? createShop() : createShop({ CONFIRM_URL }, undefined, { decide })
  await shop.post('/orders', { merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW' })
  const confirm = async (fields: Record<string, unknown>, address = '203.0.113.7') => {
    const response = await shop.app.request('/payments/confirm', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cf-connecting-ip': address },
      body: JSON.stringify({ imp_uid: 'imp_1', merchant_uid: 'ORD-1', ...fields }),
    })
    return { status: response.status, body: await response.json() }
  }
  return { ...shop, confirm }
}

describe('POST /payments/confirm of the payment server', () => {
  it('T58: tells a stranger nothing of an order, and the provider why', async () => {
    const { confirm } = await createOpenOrder()
    expect(await confirm({ merchant_uid: 'ORD-X', amount: 64_900 })).toEqual(neutral)
    expect(await confirm({ amount: 1 })).toEqual(neutral)
    expect(await confirm({ amount: 1 }, providerAddress)).toEqual({
      status: 409,
      body: { reason: '주문 금액과 다릅니다 (amount differs from the order)' },
    })
  })

  it('T58: ends a search for the amount, and approves the request of the provider', async () => {
    const { confirm, lines } = await createOpenOrder()
    for (let amount = 1; amount <= 10; amount++) await confirm({ amount })
    expect(await confirm({ amount: 64_900 })).toEqual(neutral)
    expect(lines.at(-1)).toContain('"reason":"confirm_limited"')
    expect(await confirm({ amount: 64_900 }, providerAddress)).toEqual({
      status: 200,
      body: { status: 'approved' },
    })
    expect(lines.at(-1)).toContain('"event":"confirm_approved"')
  })

  it('asks the merchant only about an open order with its own amount, and does what it decides', async () => {
    const asked: unknown[] = []
    let decision: object = { approve: true }
    const { confirm, lines } = await createOpenOrder(async (request) => {
      const body = await request.text()
      const id = request.headers.get('webhook-id') ?? ''
      const signature = new Webhook(secret).sign(id, now, body)
      if (request.headers.get('webhook-signature') !== signature) {
        return new Response(null, { status: 401 })
      }
      asked.push(JSON.parse(body))
      return Response.json(decision)
    })
    await confirm({ merchant_uid: 'ORD-X', amount: 64_900 }, providerAddress)
    await confirm({ amount: 1 }, providerAddress)
    expect(asked).toEqual([])
    expect(await confirm({ amount: 64_900 }, providerAddress)).toEqual({
      status: 200,
      body: { status: 'approved' },
    })
    expect(asked).toEqual([
      {
        type: 'payment.confirm',
        timestamp: now.toISOString(),
        data: {
          imp_uid: 'imp_1',
          order: expect.objectContaining({ merchant_uid: 'ORD-1', amount: 64_900 }),
          mode: 'test',
        },
      },
    ])

    decision = { approve: false, reason: '재고 부족' }
    expect(await confirm({ amount: 64_900 }, providerAddress)).toEqual({
      status: 409,
      body: { reason: '재고 부족' },
    })
    expect(lines.at(-1)).toContain('"reason":"stopped_by_shop"')
    decision = { approve: 'maybe' }
    expect(await confirm({ amount: 64_900 }, providerAddress)).toEqual(neutral)
    expect(lines.at(-2)).toContain('"event":"confirm_not_decided","merchantUid":"ORD-1"')
  })

  it('T176: a stranger reads no reason of the merchant, and causes ten requests a minute at most', async () => {
    let asked = 0
    const { confirm } = await createOpenOrder(async () => {
      asked++
      return Response.json({ approve: false, reason: '재고 부족' })
    })
    for (let tries = 1; tries <= 30; tries++) {
      expect(await confirm({ amount: 64_900 })).toEqual(neutral)
    }
    expect(asked).toBe(10)
    await confirm({ amount: 64_900 }, providerAddress)
    expect(asked).toBe(11)
  })
})
