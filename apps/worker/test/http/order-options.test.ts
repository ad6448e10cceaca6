import { describe, expect, it } from 'vitest'
import { createShop, type TestResponse } from '../fixtures/merchant.ts'
import { createShopWithReceiver } from '../fixtures/unmatched-payment.ts'

const shares = { tax_free: 20_000, vat_amount: 4_081 }

/** A shop that sees what is sent to the provider with each cancel. */
function createTaxedShop() {
  const sent: unknown[] = []
  const shop = createShop({}, undefined, {
    observe: async (request) => {
      if (!request.url.endsWith('/payments/cancel')) return
      const { amount, checksum, tax_free, vat_amount } = (await request.json()) as Record<
        string,
        unknown
      >
      sent.push({ amount, checksum, tax_free, vat_amount })
    },
  })
  const order = (merchant_uid: string, fields: object = shares): Promise<TestResponse> =>
    shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW', ...fields })
  const cancel = (id: string, fields: object) => shop.post(`/orders/${id}/cancel`, fields)
  return { ...shop, sent, order, cancel }
}

describe('tax shares of an order', () => {
  it('are part of it: they are shown, and an order with others is another one', async () => {
    const { order, send } = createTaxedShop()
    expect(await order('TAX-1')).toMatchObject({ status: 201, body: shares })
    expect(await order('TAX-1')).toMatchObject({ status: 200, body: shares })
    expect((await send('/orders/TAX-1')).body).toMatchObject(shares)
    for (const other of [{}, { tax_free: 20_000 }, { ...shares, tax_free: 0 }]) {
      expect(await order('TAX-1', other)).toMatchObject({ body: { error: 'order_conflict' } })
    }
    expect(await order('TAX-2', {})).toMatchObject({
      body: { tax_free: null, vat_amount: null },
    })
  })

  it('are at most the amount, together', async () => {
    const { order } = createTaxedShop()
    for (const [fields, field] of [
      [{ tax_free: 64_901 }, 'tax_free'],
      [{ tax_free: -1 }, 'tax_free'],
      [{ tax_free: 0.5 }, 'tax_free'],
      [{ tax_free: '0' }, 'tax_free'],
      [{ vat_amount: 64_901 }, 'vat_amount'],
      [{ tax_free: 60_000, vat_amount: 4_901 }, 'vat_amount'],
    ] as const) {
      const { status, body } = await order('TAX-3', fields)
      expect([status, body['error'], body['detail']]).toEqual([
        400,
        'request_invalid',
        expect.stringContaining(field),
      ])
    }
    expect(await order('TAX-3', { tax_free: 64_900, vat_amount: 0 })).toMatchObject({ status: 201 })
  })

  it('are refunded with each cancel, and the last one takes what remains of each', async () => {
    const { order, pay, report, cancel, send, sent } = createTaxedShop()
    await order('TAX-4')
    await report('TAX-4', await pay('TAX-4'))
    const missing = await cancel('TAX-4', { amount: 10_000 })
    expect(missing).toMatchObject({ status: 400, body: { error: 'request_invalid' } })
    expect(missing.body['detail']).toContain('tax_free')
    expect(sent).toEqual([])
    const part = { amount: 10_000, tax_free: 5_000, vat_amount: 454 }
    expect(await cancel('TAX-4', part)).toMatchObject({
      status: 200,
      body: { cancelled_amount: 10_000 },
    })
    expect(await cancel('TAX-4', {})).toMatchObject({ status: 200, body: { status: 'cancelled' } })
    expect(sent).toEqual([
      { amount: 10_000, checksum: 64_900, tax_free: 5_000, vat_amount: 454 },
      { amount: undefined, checksum: 54_900, tax_free: 15_000, vat_amount: 3_627 },
    ])
    const { cancels } = (await send('/orders/TAX-4/cancels')).body
    expect(cancels).toMatchObject([
      { amount: 10_000, tax_free: 5_000, vat_amount: 454 },
      { amount: 54_900, tax_free: 15_000, vat_amount: 3_627 },
    ])
  })

  it('are asked for where a refund was made without this server', async () => {
    const { order, pay, report, cancel, control, sent } = createTaxedShop()
    await order('TAX-5')
    const imp_uid = await pay('TAX-5')
    await report('TAX-5', imp_uid)
    await control(`/payments/${imp_uid}/cancel`, { amount: 10_000 })
    await report('TAX-5', imp_uid)
    const refused = await cancel('TAX-5', {})
    expect(refused).toMatchObject({ status: 400, body: { error: 'request_invalid' } })
    expect(refused.body['detail']).toContain('tax_free')
    const given = { tax_free: 20_000, vat_amount: 3_000 }
    expect(await cancel('TAX-5', given)).toMatchObject({ body: { status: 'cancelled' } })
    expect(sent).toEqual([{ amount: undefined, checksum: 54_900, ...given }])
  })
})

const channel = { pg_provider: 'html5_inicis', pay_methods: ['card', 'point'] }

/** An order that has to be paid by a channel. */
async function createOrder(id: string, expected_channel: object) {
  const shop = createShopWithReceiver()
  const order = { merchant_uid: id, amount: 64_900, currency: 'KRW' }
  const create = (expected: object | undefined) =>
    shop.post('/orders', expected === undefined ? order : { ...order, expected_channel: expected })
  return { ...shop, create, created: await create(expected_channel) }
}

describe('the expected channel of an order', () => {
  it('is a part of it: it is shown, and an order with another one is another order', async () => {
    const { create, created, send } = await createOrder('CH-1', channel)
    expect(created).toMatchObject({ status: 201, body: { expected_channel: channel } })
    const reordered = { ...channel, pay_methods: ['point', 'card', 'card'] }
    expect(await create(reordered)).toMatchObject({ status: 200 })
    expect((await send('/orders/CH-1')).body).toMatchObject({ expected_channel: channel })
    for (const other of [undefined, { pg_provider: 'html5_inicis' }, { pay_methods: ['card'] }]) {
      expect(await create(other)).toMatchObject({ body: { error: 'order_conflict' } })
    }
    const methods = await createOrder('CH-2', { pay_methods: ['trans'] })
    expect(methods.created.body).toMatchObject({
      expected_channel: { pg_provider: null, pay_methods: ['trans'] },
    })
  })

  it('has names that the provider uses, and at least one', async () => {
    for (const wrong of [
      {},
      { pg_provider: '' },
      { pg_provider: 'html5_inicis.MOI3204387' },
      { pay_methods: [] },
      { pay_methods: ['Card'] },
      { pay_methods: 'card' },
      { channel_key: 'channel-key-1' },
      { ignore_rules: true },
      { pg_provider: 'kcp', ignore_rules: 'true' },
    ]) {
      const { created } = await createOrder('CH-3', wrong)
      expect([created.status, created.body['error'], created.body['detail']]).toEqual([
        400,
        'request_invalid',
        expect.stringContaining('expected_channel'),
      ])
    }
  })

  it('T210: refuses an order that its PG cannot take, and says what and why in the language of the caller', async () => {
    const shop = createShop()
    const order = {
      merchant_uid: 'CH-5',
      amount: 64_900,
      currency: 'USD',
      expected_channel: { pg_provider: 'smartro_v2' },
    }
    const responses = await Promise.all(
      ['ko', 'en'].map((language) =>
        shop.send('/orders', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
          body: JSON.stringify(order),
        }),
      ),
    )
    expect(responses).toMatchObject([
      {
        status: 422,
        body: {
          type: 'urn:quayside:problem:channel_unsuitable',
          title: '지정한 결제 채널에서는 결제할 수 없는 주문입니다',
          status: 422,
          detail:
            '스마트로(신모듈): merchant_uid 파라미터에 허용되지 않는 문자가 있습니다(CH-5); 스마트로(신모듈): currency 파라미터의 USD 값은 지원하지 않습니다',
          error: 'channel_unsuitable',
          parameters: ['merchant_uid', 'currency'],
        },
      },
      {
        status: 422,
        body: {
          title: 'The channel that the order names cannot take it',
          detail:
            'Smartro (new): merchant_uid has characters that are not accepted (CH-5); Smartro (new): currency USD is not offered',
        },
      },
    ])
    expect((await shop.send('/orders/CH-5')).status).toBe(404)
  })

  it.each([
    [
      'a method that the PG does not offer',
      { pg_provider: 'smartro', pay_methods: ['phone'] },
      {},
      ['expected_channel.pay_methods'],
    ],
    [
      'VAT at a PG that takes none',
      { pg_provider: 'kakaopay' },
      { vat_amount: 5_900 },
      ['vat_amount'],
    ],
    ['won at PayPal', { pg_provider: 'paypal' }, {}, ['currency']],
  ])('T210: refuses %s', async (_, expected_channel, fields, parameters) => {
    const order = { merchant_uid: 'CH-6', amount: 64_900, currency: 'KRW', ...fields }
    const { status, body } = await createShop().post('/orders', { ...order, expected_channel })
    expect([status, body['error'], body['parameters']]).toEqual([
      422,
      'channel_unsuitable',
      parameters,
    ])
  })

  it.each<[string, string, object, object?]>([
    [
      'CH-7',
      'one of its methods is possible',
      { pg_provider: 'smartro', pay_methods: ['phone', 'card'] },
    ],
    ['CH-8', 'only the method is named', { pay_methods: ['phone'] }],
    ['CH-9', 'nothing is known of the PG', { pg_provider: 'constructor' }],
    ['CH-10', 'the merchant knows better', { pg_provider: 'smartro_v2', ignore_rules: true }],
    [
      'CH-11',
      'the record names its wallet otherwise than the request',
      { pg_provider: 'nice_v2', pay_methods: ['naverpay'] },
    ],
    [
      'CH-12',
      'a wallet that may be paid from an account takes its tax share',
      { pg_provider: 'mobilians_v2', pay_methods: ['trans'] },
      { tax_free: 1_000 },
    ],
  ])('T210: creates %s when %s', async (merchant_uid, _, expected_channel, shares = {}) => {
    const order = { merchant_uid, amount: 64_900, currency: 'KRW', ...shares, expected_channel }
    expect((await createShop().post('/orders', order)).status).toBe(201)
  })

  it('T177: money by another channel does not pay the order, and is an issue; the buyer does not read that it failed', async () => {
    const { pay, payAgain, report, send, all, sweep, issueEvents } = await createOrder('CH-4', {
      pay_methods: ['trans'],
    })
    const imp_uid = await pay('CH-4')
    const { status, body } = await report('CH-4', imp_uid)
    expect([status, body['status']]).toEqual([409, 'forgery'])
    expect((await send('/orders/CH-4')).body).toMatchObject({ status: 'pending', imp_uid: null })
    await sweep()
    expect(await all('CH-4')).toMatchObject([
      { kind: 'mismatch_paid', imp_uid, reason: 'channel_mismatch', is_charged: 'yes' },
    ])
    expect(issueEvents('CH-4')).toHaveLength(1)
    const right = await payAgain('CH-4', { pay_method: 'trans' })
    await report('CH-4', right)
    expect((await send('/orders/CH-4')).body).toMatchObject({ status: 'paid', imp_uid: right })
  })

  it('lets a payment of that channel pay', async () => {
    const { pay, report, send } = await createOrder('CH-5', channel)
    await report('CH-5', await pay('CH-5'))
    expect((await send('/orders/CH-5')).body).toMatchObject({ status: 'paid' })
  })
})
