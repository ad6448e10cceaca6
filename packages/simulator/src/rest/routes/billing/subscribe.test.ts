import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../../test/merchant.ts'

const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12', birth: '900101' }
const order = { merchant_uid: 'order-1', amount: 1000, name: '첫 달' }
const webhook = { url: 'https://shop.example/webhook' }

const setUp = async (customerUid = 'gildong', wrong: Record<string, unknown> = {}) => {
  const merchant = createMerchant({ webhook })
  await merchant.send('POST', `/subscribe/customers/${customerUid}`, {
    ...card,
    customer_name: '홍길동',
    ...wrong,
  })
  const again = (body: Record<string, unknown>) =>
    merchant.send('POST', '/subscribe/payments/again', {
      customer_uid: customerUid,
      ...order,
      ...body,
    })
  return { ...merchant, again }
}

describe('POST /subscribe/payments/again', () => {
  it('charges a key, and sends the webhook `paid`', async () => {
    const { again, receivedRequests, simulator, get } = await setUp()
    const response = await again({ custom_data: '{"month":1}' })
    await simulator.waitForIdle()

    expect(response.status).toBe(200)
    expect(response.body['response']).toMatchObject({
      ...order,
      status: 'paid',
      channel: 'api',
      pay_method: 'card',
      paid_at: fixedTimeSeconds,
      customer_uid: 'gildong',
      customer_uid_usage: 'payment',
      card_number: '451842*********4',
      buyer_name: '홍길동',
      custom_data: '{"month":1}',
      user_agent: null,
    })
    const impUid = fieldOf(response, 'imp_uid')
    expect(receivedRequests.map(({ body }) => JSON.parse(body))).toEqual([
      { imp_uid: impUid, merchant_uid: 'order-1', status: 'paid' },
    ])
    const read = await get(`/payments/${String(impUid)}?include_sandbox=true`)
    expect(read.body).toEqual(response.body)
  })

  it('refuses an unknown buyer with the provider’s text', async () => {
    const { again } = await setUp()
    expect(await again({ customer_uid: 'unknown' })).toEqual({
      status: 200,
      body: { code: 1, message: '등록되지 않은 구매자입니다.', response: null },
    })
  })

  it('refuses a paid order, and charges one that failed', async () => {
    const { again } = await setUp('declined-once-1')
    const responses = [await again({}), await again({}), await again({})]
    expect(responses.map(({ body }) => [body['code'], body['message']])).toEqual([
      [0, null],
      [0, null],
      [
        1,
        '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)',
      ],
    ])
    expect(responses.slice(0, 2).map((response) => fieldOf(response, 'status'))).toEqual([
      'failed',
      'paid',
    ])
  })

  for (const [name, customerUid, given, wrong, reason] of [
    [
      'a refused card',
      'gildong',
      {},
      { card_number: '4000000000000002' },
      '[CC03] 카드사 승인거절',
    ],
    ['an empty account', 'gildong', {}, { card_number: '4000000000009995' }, '[CC10] 잔액부족'],
    ['a declined customer', 'declined-1', {}, {}, '[CC03] 카드사 승인거절'],
    ['the declined amount', 'gildong', { amount: 1_000_402 }, {}, '[CC61] 거래금액 한도초과'],
  ] as const) {
    it(`responds to ${name} with code 0 and a failed payment, and sends no webhook`, async () => {
      const { again, receivedRequests, simulator } = await setUp(customerUid, wrong)
      const { status, body } = await again(given)
      await simulator.waitForIdle()
      expect([status, body['code']]).toEqual([200, 0])
      expect(body['response']).toMatchObject({
        status: 'failed',
        fail_reason: reason,
        failed_at: fixedTimeSeconds,
        paid_at: 0,
      })
      expect(receivedRequests).toEqual([])
    })
  }

  for (const body of [
    { merchant_uid: null },
    { merchant_uid: 'x'.repeat(41) },
    { amount: 0 },
    { amount: 'much' },
    { card_quota: 1, amount: 60_000 },
    { card_quota: 3, amount: 49_999 },
  ]) {
    it(`refuses ${JSON.stringify(body)} and charges nothing`, async () => {
      const { again, get } = await setUp()
      const response = await again(body)
      expect([response.body['code'] === 0, response.body['response']]).toEqual([false, null])
      expect((await get('/payments/status/all')).body).toMatchObject({ response: { total: 0 } })
    })
  }

  it('pays a large amount in instalments', async () => {
    const { again } = await setUp()
    const response = await again({ amount: '50000', card_quota: 2 })
    expect([fieldOf(response, 'amount'), fieldOf(response, 'card_quota')]).toEqual([50_000, 2])
  })

  it('distributes a group key’s charges over the channels of its group', async () => {
    const { again } = await setUp('gildong', { channel_group_id: 'channel-group-id-simulator' })
    const charges = await Promise.all(
      Array.from({ length: 20 }, (_, index) => again({ merchant_uid: `order-${index}` })),
    )
    const providers = new Set(charges.map((response) => fieldOf(response, 'pg_provider')))
    expect(providers).toEqual(new Set(['nice_v2', 'tosspayments']))
  })

  it('accepts a form and a trailing slash', async () => {
    const { authorized } = await setUp()
    const body = new URLSearchParams({ ...order, amount: '1000', customer_uid: 'gildong' })
    const response = await authorized('/subscribe/payments/again/', { method: 'POST', body })
    expect(fieldOf(response, 'status')).toBe('paid')
  })
})

describe('POST /subscribe/payments/onetime', () => {
  it('charges a card and stores no key', async () => {
    const { send, call } = createMerchant()
    const response = await send('POST', '/subscribe/payments/onetime', { ...order, ...card })
    const { body: state } = await call('/_simulator/state')
    expect(response.body['response']).toMatchObject({
      ...order,
      status: 'paid',
      channel: 'api',
      customer_uid: null,
      customer_uid_usage: null,
    })
    expect(JSON.stringify([response.body, state])).not.toMatch(/123-?4567|3456-?789/)
  })

  it('stores the card as a billing key on request', async () => {
    const { send } = createMerchant()
    const body = { ...order, ...card, customer_uid: 'gildong' }
    const first = await send('POST', '/subscribe/payments/onetime', body)
    const next = await send('POST', '/subscribe/payments/again', {
      ...order,
      customer_uid: 'gildong',
      merchant_uid: 'order-2',
    })
    expect([first, next].map((response) => fieldOf(response, 'customer_uid_usage'))).toEqual([
      'issue',
      'payment',
    ])
  })

  it('refuses an invalid card with the provider’s text, without a payment', async () => {
    const { send, get } = createMerchant()
    const body = { ...order, ...card, card_number: '4092-0230-1234-1234' }
    const response = await send('POST', '/subscribe/payments/onetime', body)
    expect(response).toEqual({
      status: 200,
      body: {
        code: -1,
        message: '카드정보 인증에 실패하였습니다. 유효하지않은 카드번호를 입력하셨습니다.',
        response: null,
      },
    })
    expect((await get('/payments/find/order-1')).status).toBe(404)
  })

  it('has an older path for foreign cards', async () => {
    const { send } = createMerchant()
    const response = await send('POST', '/subscribe/payments/foreign', { ...order, ...card })
    expect(fieldOf(response, 'status')).toBe('paid')
  })

  it('charges at a channel of the group that the call names', async () => {
    const { send } = createMerchant()
    const response = await send('POST', '/subscribe/payments/onetime', {
      ...order,
      ...card,
      pg: 'html5_inicis',
      channelGroupId: 'channel-group-id-simulator',
    })
    expect(fieldOf(response, 'pg_provider')).toBe('nice_v2')
  })

  it('refuses a merchant without a channel for card data', async () => {
    const { send } = createMerchant({ channels: [] })
    const response = await send('POST', '/subscribe/payments/onetime', { ...order, ...card })
    expect(response.body['message']).toBe('비인증결제모듈 사용정보를 찾을 수 없습니다.')
  })
})

describe('charges at KG Inicis without a product name', () => {
  const nameless = { merchant_uid: 'order-1', amount: 1000, name: '' }
  const channel_key = 'channel-key-html5_inicis-api'
  const refused = {
    status: 400,
    body: { code: 1, message: '이니시스 빌링결제는 상품명이 필수입니다.', response: null },
  }

  it('refuses one by raw card data, and keeps no record of it', async () => {
    const { send, get } = createMerchant()
    const charge = { ...nameless, ...card, channel_key }
    expect(await send('POST', '/subscribe/payments/onetime', charge)).toEqual(refused)
    expect((await get('/payments/findAll/order-1')).status).toBe(404)
  })

  it('refuses one of a billing key, and charges the same key with a name', async () => {
    const { again } = await setUp('gildong', { channel_key })
    expect(await again({ name: null })).toEqual(refused)
    expect(fieldOf(await again({}), 'status')).toBe('paid')
  })

  it('fails a scheduled one at its time', async () => {
    const { send, simulator, get } = await setUp('gildong', { channel_key })
    const schedules = [{ ...nameless, schedule_at: fixedTimeSeconds + 60 }]
    const body = { customer_uid: 'gildong', schedules }
    await send('POST', '/subscribe/payments/schedule', body)
    await simulator.clock.advance(60_000)
    const { body: read } = await get('/subscribe/payments/schedule/order-1')
    expect(read['response']).toMatchObject({
      payment_status: 'failed',
      fail_reason: refused.body.message,
    })
  })
})

describe('charges of a key without the buyer that its PG demands', () => {
  const buyer = { buyer_name: '홍길동', buyer_email: 'hong@example.com', buyer_tel: '01012345678' }

  it.each([
    ['smartro_v2', 'buyer_name'],
    ['smartro_v2', 'buyer_email'],
    ['smartro_v2', 'buyer_tel'],
    ['ksnet', 'buyer_name'],
    ['welcome', 'buyer_name'],
    ['paymentwall', 'buyer_email'],
  ])('are refused at %s without %s', async (pg_provider, missing) => {
    const { control, send } = createMerchant()
    await control('/billing-keys', { customer_uid: 'gildong', pg_provider })
    const body = { customer_uid: 'gildong', ...order, ...buyer }
    expect(await send('POST', '/subscribe/payments/again', { ...body, [missing]: null })).toEqual({
      status: 400,
      body: { code: 1, message: `${missing} 파라메터가 누락되었습니다.`, response: null },
    })
    expect(fieldOf(await send('POST', '/subscribe/payments/again', body), 'status')).toBe('paid')
  })

  it('are paid with the buyer stored with the key', async () => {
    const { control, send } = createMerchant()
    const customer_name = '홍길동'
    await control('/billing-keys', { customer_uid: 'gildong', pg_provider: 'ksnet', customer_name })
    const charged = await send('POST', '/subscribe/payments/again', {
      customer_uid: 'gildong',
      ...order,
    })
    expect(fieldOf(charged, 'buyer_name')).toBe(customer_name)
  })
})
