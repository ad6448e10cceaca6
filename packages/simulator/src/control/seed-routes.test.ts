import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../test/merchant.ts'

type Merchant = ReturnType<typeof createMerchant>

const invalid = (field: string) => ({
  status: 400,
  body: { reason: 'invalid', field, expected: expect.any(String) },
})
const payment = { imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 1000, sandbox: false }

describe('POST /_simulator/payments', () => {
  it('makes a convenience-store payment with a barcode that is paid at the counter', async () => {
    const { control, call } = createMerchant()
    const seeded = await control('/payments', { ...payment, pay_method: 'cvs', status: 'ready' })
    expect(seeded).toMatchObject({
      status: 200,
      body: { pg_provider: 'galaxia', pay_method: 'cvs', status: 'ready', card_name: null },
    })
    expect((await call('/_simulator/payments/imp_1/barcode')).body).toEqual({
      barcode: expect.stringMatching(/^\d{16}$/),
      expired_at: null,
    })
    expect((await control('/payments/imp_1/counter')).body).toMatchObject({
      status: 'paid',
      card_name: null,
    })
  })

  it('keeps the given barcode, which the REST API voids', async () => {
    const { control, call, authorized } = createMerchant()
    const expired_at = fixedTimeSeconds + 60
    const given = { pay_method: 'cvs', status: 'ready', barcode: '8801234', expired_at }
    await control('/payments', { ...payment, ...given })
    const { body } = await call('/_simulator/payments/imp_1/barcode')
    expect(body).toEqual({ barcode: '8801234', expired_at })
    const voided = await authorized('/cvs/imp_1', { method: 'DELETE' })
    expect(fieldOf(voided, 'status')).toBe('failed')
  })

  it('makes a payment of another day, with its card, account, key and moments', async () => {
    const { control } = createMerchant()
    const started_at = fixedTimeSeconds - 1000
    const moments = { started_at, paid_at: started_at + 10, cancelled_at: started_at + 20 }
    const seeded = await control('/payments', {
      ...payment,
      ...moments,
      card_code: '381',
      card_number: '1234',
      card_quota: 3,
      card_type: 1,
      apply_num: '777',
      customer_uid: 'gildong',
      customer_uid_usage: 'payment',
      channel: 'api',
      cancel_amount: 400,
      cancel_reason: '변심',
      custom_data: { size: 'XL' },
    })
    expect(seeded.body).toMatchObject({
      ...moments,
      card_code: '381',
      card_name: 'KB국민카드',
      card_number: '1234',
      card_quota: 3,
      card_type: 1,
      apply_num: '777',
      customer_uid_usage: 'payment',
      channel: 'api',
      cancel_reason: '변심',
      custom_data: '{"size":"XL"}',
    })
    const account = { vbank_code: '088', vbank_num: '110-1', vbank_holder: '가게', vbank_date: 2e9 }
    const waiting = { ...payment, pay_method: 'vbank', status: 'ready', ...account }
    expect((await control('/payments', waiting)).body).toMatchObject({
      ...account,
      vbank_name: '신한은행',
      vbank_issued_at: fixedTimeSeconds,
    })
    const shown = { pg_id: 'shop-1', card_name: '신한(해외)', cash_receipt_issued: true }
    expect((await control('/payments', { ...payment, ...shown })).body).toMatchObject(shown)
  })

  it.each([
    ['merchant_uid', { merchant_uid: undefined }],
    ['merchant_uid', { merchant_uid: 'x'.repeat(41) }],
    ['amount', { amount: undefined }],
    ['amount', { amount: 0 }],
    ['amount', { amount: 10.5 }],
    ['currency', { currency: 'won' }],
    ['pay_method', { pay_method: 'cvs', pg_provider: 'kcp' }],
    ['pay_method', { pay_method: 'vbank', pg_provider: 'kakaopay' }],
    ['channel_key', { channel_key: 'channel-key-danal' }],
    ['sandbox', { sandbox: 'maybe' }],
    ['cancel_amount', { cancel_amount: 1001 }],
    ['cancel_amount', { status: 'ready', cancel_amount: 400 }],
    ['cancel_amount', { status: 'cancelled', cancel_amount: 0 }],
    ['paid_at', { status: 'ready', paid_at: fixedTimeSeconds }],
    ['paid_at', { started_at: fixedTimeSeconds, paid_at: fixedTimeSeconds - 1 }],
    ['paid_at', { paid_at: Date.now() }],
    ['failed_at', { failed_at: fixedTimeSeconds }],
    ['cancelled_at', { cancelled_at: fixedTimeSeconds }],
    ['vbank_code', { pay_method: 'vbank', vbank_code: '999' }],
    ['card_code', { card_code: '999' }],
    ['barcode', { barcode: '8801234' }],
    ['expired_at', { pay_method: 'cvs', expired_at: fixedTimeSeconds }],
    ['customer_uid_usage', { customer_uid: 'gildong', customer_uid_usage: 'often' }],
    ['overrides', { overrides: 'paid' }],
    ['buyer_nane', { buyer_nane: '홍길동' }],
  ])('names the wrong member %s of %o, and stores nothing', async (field, wrong) => {
    const { control, call } = createMerchant()
    expect(await control('/payments', { ...payment, ...wrong })).toEqual(invalid(field))
    expect((await call('/_simulator/state')).body['payments']).toEqual([])
  })
})

describe('a seeded record of every other kind is read by the REST API', () => {
  it('a billing key', async () => {
    const { control, get } = createMerchant()
    const key = { customer_uid: 'gildong', customer_id: 'c1', customer_name: '홍길동' }
    const moments = { inserted: 1_700_000_000, updated: 1_700_000_100 }
    const seeded = await control('/billing-keys', {
      ...key,
      ...moments,
      pg_provider: 'kakaopay',
      card_code: '381',
    })
    expect(seeded.body).toMatchObject({ ...key, ...moments, card_name: 'KB국민카드' })
    expect((await get('/subscribe/customers/gildong')).body['response']).toEqual(seeded.body)
  })

  it.each([
    ['scheduled', {}, { imp_uid: null, executed_at: 0, revoked_at: 0, payment_status: null }],
    ['revoked', { revoked_at: fixedTimeSeconds - 5 }, { revoked_at: fixedTimeSeconds - 5 }],
    [
      'executed',
      { schedule_at: fixedTimeSeconds - 60 },
      { payment_status: 'paid', executed_at: fixedTimeSeconds - 60, fail_reason: null },
    ],
    [
      'executed',
      { payment_status: 'failed', fail_reason: '[CC10] 잔액부족' },
      { payment_status: 'failed', executed_at: fixedTimeSeconds, fail_reason: '[CC10] 잔액부족' },
    ],
  ])('a schedule: %s %o', async (schedule_status, more, expected) => {
    const { control, get } = createMerchant()
    await control('/billing-keys', { customer_uid: 'gildong' })
    const charge = { customer_uid: 'gildong', merchant_uid: 'month-1', amount: 9900, name: '구독' }
    const seeded = await control('/schedules', { ...charge, schedule_status, ...more })
    expect(seeded.body).toMatchObject({ ...charge, schedule_status, ...expected })
    const read = await get('/subscribe/payments/schedule/month-1')
    expect(read.body['response']).toEqual(seeded.body)
    const attempts = await get('/payments/findAll/month-1')
    expect(attempts.status).toBe(schedule_status === 'executed' ? 200 : 404)
  })

  it('a schedule that runs at its time', async () => {
    const { control, get, simulator } = createMerchant()
    await control('/billing-keys', { customer_uid: 'gildong' })
    const charge = { customer_uid: 'gildong', merchant_uid: 'month-1', amount: 9900, name: '구독' }
    await control('/schedules', { ...charge, schedule_at: fixedTimeSeconds + 60 })
    await simulator.clock.advance(60_000)
    const read = await get('/subscribe/payments/schedule/month-1')
    expect(read.body['response']).toMatchObject({
      schedule_status: 'executed',
      payment_status: 'paid',
    })
  })

  it('an identity verification', async () => {
    const { control, get } = createMerchant()
    const person = {
      name: '김가상',
      birthday: '1965-07-01',
      gender: 'female',
      phone: '01099998888',
    }
    const more = { imp_uid: 'imp_1', merchant_uid: 'cert-1', origin: 'https://shop.example/join' }
    const seeded = await control('/certifications', { ...more, ...person, pg_provider: 'kcp_v2' })
    expect(seeded.body).toMatchObject({
      ...person,
      ...more,
      certified: true,
      certified_at: fixedTimeSeconds,
      carrier: 'SKT',
      foreigner: false,
    })
    expect((await get('/certifications/imp_1')).body['response']).toEqual(seeded.body)
  })

  it('an identity verification whose OTP is still to be confirmed', async () => {
    const { control, send } = createMerchant()
    await control('/certifications', { imp_uid: 'imp_1', status: 'requested', method: 'SMS' })
    const confirmed = await send('POST', '/certifications/otp/confirm/imp_1', { otp: '123456' })
    expect(fieldOf(confirmed, 'certified')).toBe(true)
  })

  it('a pre-registered amount, and one of prepaid money', async () => {
    const { control, get } = createMerchant()
    const prepared = { merchant_uid: 'order-1', amount: 14.2, currency: 'USD' }
    expect((await control('/prepared', prepared)).body).toEqual(prepared)
    expect((await get('/payments/prepare/order-1')).body['response']).toEqual(prepared)
    const money = { merchant_uid: 'order-1', prepaid_amount: 5000 }
    expect((await control('/kcpquick/prepared', money)).body).toEqual(money)
  })

  it('cash receipts', async () => {
    const { control, get, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', pay_method: 'trans' })
    const moments = { applied_at: 1_700_000_000, cancelled_at: 1_700_000_100 }
    const receipt = { apply_num: '777', type: 'company', vat: 80, ...moments }
    const own = await control('/receipts', { imp_uid: 'imp_1', ...receipt })
    expect(own.body).toMatchObject({ imp_uid: 'imp_1', amount: 1000, ...receipt })
    expect((await get('/receipts/imp_1')).body['response']).toEqual(own.body)

    const sale = { merchant_uid: 'sale-1', amount: 2200 }
    const external = await control('/receipts/external', sale)
    expect(external.body).toMatchObject({ ...sale, vat: 200, cancelled_at: 0 })
    expect((await get('/receipts/external/sale-1')).body['response']).toEqual(external.body)
  })

  it('a delivery, with the buyer’s decision', async () => {
    const { control, get, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', escrow: true })
    const parcel = { company: 'CVSNET', invoice: '777', sent_at: 1_700_000_000 }
    const seeded = await control('/payments/imp_1/logis', { ...parcel, escrow_status: '4' })
    const shown = { ...parcel, applied_at: fixedTimeSeconds }
    expect(seeded.body).toEqual({ ...shown, escrow_status: '4' })
    expect((await get('/escrows/logis/imp_1')).body['response']).toEqual(shown)
    expect((await control('/payments/imp_1/escrow', { escrow_status: '10' })).status).toBe(200)
  })

  it('all of them are in the state', async () => {
    const { control, call, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', pay_method: 'cvs', status: 'ready', barcode: '88' })
    await seedPayment({ imp_uid: 'imp_2', pay_method: 'trans', escrow: true })
    await control('/receipts', { imp_uid: 'imp_2' })
    await control('/receipts/external', { merchant_uid: 'sale-1', amount: 2200 })
    await control('/payments/imp_2/logis', { invoice: '777' })
    expect((await call('/_simulator/state')).body).toMatchObject({
      barcodes: [{ imp_uid: 'imp_1', barcode: '88', expired_at: null }],
      receipts: [{ imp_uid: 'imp_2', amount: 1000 }],
      external_receipts: [{ merchant_uid: 'sale-1', amount: 2200 }],
      escrows: [{ imp_uid: 'imp_2', invoice: '777', escrow_status: '2' }],
    })
  })

  it('product orders with their own ids and statuses', async () => {
    const { control, get, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', pg_provider: 'naverco' })
    const products = [
      { product_order_id: '2026030212345671', product_order_status: 'DELIVERING' },
      { product_order_id: '2026030212345672', product_amount: 1000, quantity: 2 },
    ]
    await control('/payments/imp_1/product-orders', { products })
    const read = await get('/naver/product-orders/2026030212345671')
    expect(fieldOf(read, 'product_order_status')).toBe('DELIVERING')
    const all = [(await get('/payments/imp_1/naver/product-orders')).body['response']].flat()
    expect(all).toMatchObject([
      { product_order_id: '2026030212345671' },
      { product_order_id: '2026030212345672', product_order_status: 'PAYED', quantity: 2 },
    ])
    expect(await control('/payments/imp_1/product-orders', { products })).toEqual(
      invalid('products'),
    )
  })
})

const setUp = async (): Promise<Merchant> => {
  const merchant = createMerchant()
  await merchant.seedPayment({ imp_uid: 'imp_card' })
  await merchant.seedPayment({ imp_uid: 'imp_trans', pay_method: 'trans' })
  await merchant.seedPayment({ imp_uid: 'imp_naver', pg_provider: 'naverco' })
  await merchant.seedPayment({ imp_uid: 'imp_escrow', escrow: true })
  await merchant.control('/billing-keys', { customer_uid: 'gildong' })
  return merchant
}
const charge = { customer_uid: 'gildong', merchant_uid: 'month-1', amount: 9900, name: '구독' }

describe('a record that the provider could not have', () => {
  it.each([
    ['/billing-keys', 'customer_uid', {}],
    ['/billing-keys', 'pg_provider', { customer_uid: 'c', pg_provider: 'none' }],
    ['/billing-keys', 'card_code', { customer_uid: 'c', card_code: '999' }],
    [
      '/billing-keys',
      'updated',
      { customer_uid: 'c', inserted: 1_700_000_100, updated: 1_700_000_000 },
    ],
    ['/schedules', 'customer_uid', { ...charge, customer_uid: 'none' }],
    ['/schedules', 'merchant_uid', { ...charge, merchant_uid: '' }],
    ['/schedules', 'amount', { ...charge, amount: 0 }],
    ['/schedules', 'name', { ...charge, name: '' }],
    ['/schedules', 'schedule_status', { ...charge, schedule_status: 'late' }],
    ['/schedules', 'schedule_at', { ...charge, schedule_at: fixedTimeSeconds }],
    ['/schedules', 'payment_status', { ...charge, payment_status: 'paid' }],
    [
      '/schedules',
      'payment_status',
      { ...charge, schedule_status: 'executed', payment_status: 'lost' },
    ],
    ['/certifications', 'pg_provider', { pg_provider: 'kcp' }],
    ['/certifications', 'birthday', { birthday: '1990-02-31' }],
    ['/certifications', 'phone', { phone: '02-123-4567' }],
    ['/certifications', 'carrier', { carrier: 'KTF' }],
    ['/certifications', 'name', { status: 'failed', name: '홍길동' }],
    ['/certifications', 'certified_at', { status: 'requested', certified_at: fixedTimeSeconds }],
    ['/prepared', 'merchant_uid', { amount: 1000 }],
    ['/prepared', 'amount', { merchant_uid: 'order-1', amount: -1 }],
    ['/kcpquick/prepared', 'merchant_uid', {}],
    ['/receipts', 'imp_uid', { imp_uid: 'imp_none' }],
    ['/receipts', 'imp_uid', { imp_uid: 'imp_card' }],
    ['/receipts', 'amount', { imp_uid: 'imp_trans', amount: 1001 }],
    ['/receipts', 'vat', { imp_uid: 'imp_trans', vat: 1001 }],
    ['/receipts/external', 'amount', { merchant_uid: 'sale-1' }],
    ['/receipts/external', 'pg_provider', { merchant_uid: 's', amount: 1, pg_provider: 'payco' }],
    ['/payments/imp_card/logis', 'imp_uid', { invoice: '1' }],
    ['/payments/imp_escrow/logis', 'invoice', {}],
    ['/payments/imp_escrow/logis', 'company', { invoice: '1', company: 'DRONE' }],
    ['/payments/imp_escrow/logis', 'escrow_status', { invoice: '1', escrow_status: '5' }],
    ['/payments/imp_card/product-orders', 'imp_uid', { products: [{}] }],
    ['/payments/imp_naver/product-orders', 'products', { products: 'one' }],
    [
      '/payments/imp_naver/product-orders',
      'products[1].quantity',
      { products: [{}, { quantity: -1 }] },
    ],
    [
      '/payments/imp_naver/product-orders',
      'products[0].product_order_status',
      { products: [{ product_order_status: 'RETURNED' }] },
    ],
  ])('%s names the wrong member %s of %o', async (path, field, body) => {
    const { control, call } = await setUp()
    const before = await call('/_simulator/state')
    expect(await control(path, body)).toEqual(invalid(field))
    expect(await call('/_simulator/state')).toEqual(before)
  })

  it('has no delivery of an unknown payment', async () => {
    const { control } = await setUp()
    expect(await control('/payments/imp_none/logis', { invoice: '1' })).toEqual({
      status: 404,
      body: { reason: 'payment_unknown' },
    })
  })
})
