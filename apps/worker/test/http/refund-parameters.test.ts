import { describe, expect, it } from 'vitest'
import { createShop } from '../fixtures/merchant.ts'

/** A shop that keeps the bodies of the cancels that it sends. */
function createObservedShop() {
  const sent: unknown[] = []
  const shop = createShop({}, undefined, {
    observe: async (request) => {
      if (new URL(request.url).pathname === '/payments/cancel') sent.push(await request.json())
    },
  })
  const pay = async (id: string, params: Readonly<Record<string, unknown>> = {}) => {
    await shop.post('/orders', { merchant_uid: id, amount: 64_900, currency: 'KRW' })
    const impUid = await shop.pay(id, params)
    await shop.report(id, impUid)
    return impUid
  }
  return { ...shop, sent, paid: pay }
}

/** Every parameter of the provider's cancel beside amount, checksum and account. */
const parameters = {
  reason: '단순 변심',
  tax_free: 400,
  vat_amount: 50,
  retain_promotion: true,
  enable_webhook: true,
  extra: { requester: 'customer' },
}
const invalid = (field: string) => ({
  status: 400,
  body: { error: 'request_invalid', detail: field },
})

describe('the parameters of a cancel', () => {
  it('reach the provider with a part and with everything', async () => {
    const shop = createObservedShop()
    const imp_uid = await shop.paid('RP-all')
    const part = { ...parameters, amount: 900, checksum: 64_900 }
    expect(await shop.post('/orders/RP-all/cancel', part)).toMatchObject({ status: 200 })
    const rest = { ...parameters, tax_free: 0 }
    expect(await shop.post('/orders/RP-all/cancel', rest)).toMatchObject({
      status: 200,
      body: { status: 'cancelled' },
    })
    expect(shop.sent).toEqual([
      { imp_uid, ...part },
      { imp_uid, ...rest, checksum: 64_000 },
    ])
  })

  it('reach the provider with the refund of a reconciliation issue', async () => {
    const shop = createObservedShop()
    await shop.paid('RP-issue')
    const second = { merchant_uid: 'RP-issue', amount: 64_900, currency: 'KRW' }
    const created = await shop.control('/payments', second)
    const { imp_uid }: { imp_uid: string } = await created.json()
    await shop.report('RP-issue', imp_uid)
    const path = `/reconciliation-issues/duplicate_paid:${imp_uid}/refund`
    expect(await shop.post(path, { tax_free: 64_901 })).toMatchObject(invalid('tax_free'))
    expect(shop.sent).toEqual([])
    expect(await shop.post(path, parameters)).toMatchObject({
      status: 200,
      body: { outcome: 'refunded' },
    })
    expect(shop.sent).toEqual([{ imp_uid, ...parameters, checksum: 64_900 }])
  })

  it('are none of which the provider was not told: nothing is added', async () => {
    const shop = createObservedShop()
    const imp_uid = await shop.paid('RP-none')
    await shop.post('/orders/RP-none/cancel', {})
    expect(shop.sent).toEqual([{ imp_uid, checksum: 64_900 }])
  })

  for (const [what, body, field] of [
    ['a tax-free part above the amount', { amount: 900, tax_free: 901 }, 'tax_free'],
    ['a tax-free part above what remains', { tax_free: 64_901 }, 'tax_free'],
    [
      'parts that are more than the amount',
      { amount: 900, tax_free: 500, vat_amount: 401 },
      'vat_amount',
    ],
    ['a negative part', { amount: 900, tax_free: -1 }, 'tax_free'],
    ['a part with decimals in won', { amount: 900, vat_amount: 0.5 }, 'vat_amount'],
    ['a flag as text', { retain_promotion: 'true' }, 'retain_promotion'],
    ['a webhook flag as a number', { enable_webhook: 1 }, 'enable_webhook'],
    ['an unknown requester', { extra: { requester: 'robot' } }, 'extra.requester: customer, admin'],
    ['a further extra', { extra: { requester: 'admin', x: 1 } }, 'extra.x'],
  ] as const) {
    it(`refuses ${what} and sends nothing`, async () => {
      const shop = createObservedShop()
      const id = `RP-${what.replaceAll(/\W/g, '-')}`.slice(0, 40)
      await shop.paid(id)
      expect(await shop.post(`/orders/${id}/cancel`, body)).toMatchObject(invalid(field))
      expect(shop.sent).toEqual([])
    })
  }
})
