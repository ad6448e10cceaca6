import type { Order } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

const token = 'a-token-of-the-order'
const down = async () =>
  ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const

describe('GET /payments/orders/{merchant_uid} with a token', () => {
  function openFor(changes: Partial<Order>, mode: 'live' | 'test' = 'live') {
    const lookups: unknown[] = []
    const fixture = createFixture({
      mode,
      findForBuyer: async (merchantUid, given) => {
        lookups.push([merchantUid, given])
        return { ok: true, value: { ...fixture.order('ORD-1'), ...changes } }
      },
    })
    const getOrder = (authorization: string, path = 'ORD-1') =>
      fixture.app.request(`/payments/orders/${path}`, { headers: { authorization } })
    return { getOrder, lookups }
  }
  const shown = {
    merchant_uid: 'ORD-1',
    amount: 64_900,
    currency: 'KRW',
    cancelled_amount: 0,
    paid_at: null,
    virtual_account: null,
    error_msg: null,
    receipt_url: null,
    naverProducts: null,
  }

  it('shows a paid order with a partial refund', async () => {
    const { getOrder, lookups } = openFor({
      status: 'partially_cancelled',
      cancelled: { minor: 900, currency: 'KRW' },
      paidAt: new Date(1_648_344_363_000),
      receiptUrl: 'https://pg.example/slip',
    })
    expect(await read(getOrder(`Bearer ${token}`))).toEqual({
      status: 200,
      body: {
        ...shown,
        status: 'partiallyCancelled',
        message: 'Part of the payment was cancelled.',
        cancelled_amount: 900,
        paid_at: '2022-03-27T01:26:03.000Z',
        receipt_url: 'https://pg.example/slip',
        naverProducts: null,
      },
    })
    expect(lookups).toEqual([['ORD-1', token]])
  })

  it('T90: shows an expired order as failed without a word of another payment, and marks it in test mode', async () => {
    const { getOrder } = openFor({ status: 'expired', failReason: 'too late' }, 'test')
    expect(await read(getOrder(`Bearer ${token}`))).toEqual({
      status: 200,
      body: {
        ...shown,
        status: 'failed',
        message:
          'The transfer is overdue. If you have already transferred, please do not pay again and contact the shop.',
        error_msg: 'too late',
        mode: 'test',
      },
    })
  })

  it('shows an account without a due date', async () => {
    const account = { bank: null, number: '1', holder: '홍', dueAt: null, issuedAt: null }
    const { getOrder } = openFor({ status: 'vbank_issued', virtualAccount: account })
    expect((await read(getOrder(`Bearer ${token}`))).body).toMatchObject({
      virtual_account: { bank: null, number: '1', holder: '홍', due_at: null },
    })
  })

  it.each([
    '',
    token,
    `Basic ${token}`,
    `xBearer ${token}`,
    `Bearer ${token} x`,
    `Bearer ${'x'.repeat(15)}`,
    `Bearer ${'x'.repeat(129)}`,
  ])('T41: does not read the store for the token %j', async (authorization) => {
    const { getOrder, lookups } = openFor({})
    expect((await getOrder(authorization)).status).toBe(404)
    expect(lookups).toEqual([])
  })

  it('T41: does not read the store for a malformed id', async () => {
    const { getOrder, lookups } = openFor({})
    expect((await getOrder(`Bearer ${token}`, 'x'.repeat(41))).status).toBe(404)
    expect(lookups).toEqual([])
  })

  it('T12: is pending while the store is unavailable', async () => {
    const { app } = createFixture({ findForBuyer: down })
    const response = await app.request('/payments/orders/ORD-1', {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await read(response)).toEqual({
      status: 503,
      body: {
        status: 'pending',
        message: 'We are checking the payment. Please wait a moment and do not pay again.',
      },
    })
  })

  it('does not exist without findForBuyer', async () => {
    const { app } = createFixture()
    const response = await app.request('/payments/orders/ORD-1', {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('404 Not Found')
  })
})
