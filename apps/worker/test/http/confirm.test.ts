import { describe, expect, it } from 'vitest'
import { createShop } from '../fixtures/merchant.ts'

const providerAddress = '52.78.100.19'
const neutral = {
  status: 409,
  body: { reason: '결제를 승인할 수 없습니다 (payment cannot be approved)' },
}

async function createOpenOrder() {
  const shop = createShop()
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
})
