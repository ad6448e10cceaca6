import { describe, expect, it } from 'vitest'
import { createShop, problem } from '../fixtures/merchant.ts'

const recipient = { identifier: '01012345678', identifier_type: 'phone', type: 'person' }
const instant: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)

/** An order that was paid by a method. */
async function createPaidOrder(id: string, pay_method: string, fields: object = {}) {
  const sent: Record<string, unknown>[] = []
  const shop = createShop({}, undefined, {
    observe: async (request) => {
      if (request.method !== 'POST' || !request.url.includes('/receipts/')) return
      sent.push((await request.json()) as Record<string, unknown>)
    },
  })
  await shop.post('/orders', { merchant_uid: id, amount: 64_900, currency: 'KRW', ...fields })
  const impUid = await shop.pay(id, { pay_method })
  await shop.report(id, impUid)
  const path = `/orders/${id}/cash-receipt`
  return {
    ...shop,
    impUid,
    sent,
    issue: (body: object = recipient) => shop.post(path, body),
    read: () => shop.send(path),
    remove: () => shop.send(path, { method: 'DELETE' }),
  }
}

describe('/orders/{merchant_uid}/cash-receipt', () => {
  it('is issued once, read, and cancelled once', async () => {
    const { issue, read, remove, impUid } = await createPaidOrder('CR-1', 'trans')
    const none = problem(404, 'receipt_unknown', 'The order has no cash receipt')
    expect(await read()).toEqual(none)
    expect(await remove()).toEqual(none)
    const issued = await issue()
    expect(issued).toEqual({
      status: 201,
      body: {
        merchant_uid: 'CR-1',
        imp_uid: impUid,
        state: 'issued',
        type: 'person',
        amount: 64_900,
        vat: 5_900,
        apply_num: expect.any(String),
        receipt_tid: expect.any(String),
        receipt_url: expect.any(String),
        issued_at: instant,
        cancelled_at: null,
      },
    })
    expect(await issue()).toEqual({ status: 200, body: issued.body })
    expect(await read()).toEqual({ status: 200, body: issued.body })
    const cancelled = { ...issued.body, state: 'cancelled', cancelled_at: instant }
    expect(await remove()).toEqual({ status: 200, body: cancelled })
    expect(await remove()).toEqual({ status: 200, body: cancelled })
    expect(await issue()).toMatchObject({ status: 201, body: { state: 'issued' } })
  })

  it('is for what remains, with what remains of the tax shares', async () => {
    const shares = { tax_free: 20_000, vat_amount: 4_081 }
    const { issue, post, sent } = await createPaidOrder('CR-2', 'trans', shares)
    await post('/orders/CR-2/cancel', { amount: 10_000, tax_free: 5_000, vat_amount: 454 })
    expect(await issue()).toMatchObject({ status: 201, body: { amount: 54_900 } })
    expect(sent).toEqual([{ ...recipient, tax_free: 15_000, vat_amount: 3_627 }])
    expect(await issue({ ...recipient, tax_free: 1 })).toMatchObject({
      status: 400,
      body: { error: 'request_invalid', detail: 'tax_free' },
    })
  })

  it('T49: is refused with what the provider says, and the number of the recipient is in no log', async () => {
    const byCard = await createPaidOrder('CR-3', 'card')
    expect(await byCard.issue()).toMatchObject({
      status: 409,
      body: { error: 'receipt_refused', detail: expect.any(String) },
    })
    const refusing = await createPaidOrder('CR-4', 'trans')
    const refused = await refusing.issue({ ...recipient, identifier: '0000000000' })
    expect(refused.status).toBeGreaterThanOrEqual(409)
    await refusing.issue()
    const lines = [...byCard.lines, ...refusing.lines].join('\n')
    expect(lines).not.toMatch(/01012345678|0000000000/)
  })

  it('is not sent twice when a response is lost', async () => {
    const { issue, control, read } = await createPaidOrder('CR-5', 'trans')
    await control('/faults', { fault: 'reset_after', path: '/receipts/{imp_uid}', times: 1 })
    expect(await issue()).toMatchObject({ status: 201, body: { state: 'issued' } })
    expect(await read()).toMatchObject({ status: 200, body: { state: 'issued' } })
  })

  it('is refused where the PG issues none by API', async () => {
    const { issue, control } = await createPaidOrder('CR-7', 'trans')
    const path = '/receipts/{imp_uid}'
    await control('/faults', { fault: 'not_implemented', path, method: 'POST', times: 1 })
    expect(await issue()).toEqual(
      problem(
        409,
        'receipt_refused',
        'The provider refused the cash receipt',
        'HTTP 501: the PG does not support it',
      ),
    )
  })

  it('needs a paid order, a recipient and the key', async () => {
    const { post, send, app, issue } = await createPaidOrder('CR-6', 'trans')
    await post('/orders', { merchant_uid: 'CR-open', amount: 64_900, currency: 'KRW' })
    expect(await post('/orders/CR-open/cash-receipt', recipient)).toMatchObject({
      status: 409,
      body: { error: 'not_paid' },
    })
    expect(await send('/orders/CR-never/cash-receipt')).toMatchObject({ status: 404 })
    expect(await post('/orders/CR-never/cash-receipt', recipient)).toMatchObject({ status: 404 })
    for (const [body, field] of [
      [{}, 'identifier'],
      [{ identifier: '' }, 'identifier'],
      [{ identifier: '홍길동' }, 'identifier'],
      [{ ...recipient, type: 'personal' }, 'type'],
      [{ ...recipient, amount: 1 }, 'amount'],
    ] as const) {
      const { status, body: refused } = await issue(body)
      expect([status, refused['error'], refused['detail']]).toEqual([
        400,
        'request_invalid',
        expect.stringContaining(field),
      ])
    }
    const path = '/orders/CR-6/cash-receipt'
    for (const method of ['GET', 'DELETE']) {
      expect((await app.request(path, { method })).status).toBe(401)
    }
  })
})
