import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/options.ts'
import { createMerchant, fieldOf, fixedTimeSeconds } from './merchant.ts'
import { refused } from './subscriber.ts'

const card = { card_number: '4518-4212-3456-7894', expiry: '2026-04' }
const order = { merchant_uid: 'month-1', amount: 9900, name: '첫 달' }
const againPath = '/subscribe/payments/again'
const duplicate =
  '이미 주문이 이루어진 건입니다. (동일한 merchant_uid로 결제 또는 취소된 기록이 있습니다)'

const setUp = async (key: Record<string, unknown> = {}, options: SimulatorOptions = {}) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' }, ...options })
  const { body } = await merchant.control('/billing-keys', { customer_uid: 'gildong', ...key })
  const customer_uid = String(body['customer_uid'])
  // Moving the clock by months ends the life of a token.
  const send = async (method: string, path: string, sent: unknown) => {
    const authorization = await merchant.login()
    const { body: text = null } = merchant.json(method, sent)
    return merchant.call(path, {
      method,
      headers: { 'content-type': 'application/json', authorization },
      body: text,
    })
  }
  const again = (changes: Record<string, unknown> = {}) =>
    send('POST', againPath, { customer_uid, ...order, ...changes })
  const webhooks = () =>
    merchant.receivedRequests.map(({ body: text }): unknown => JSON.parse(text))
  return { ...merchant, send, again, webhooks }
}

describe('a body of the provider’s V2', () => {
  it.each([
    ['an amount as an object', { amount: { total: 9900 } }, '금액이 올바르지 않습니다.', 400],
    [
      'a billingKey',
      { customer_uid: null, billingKey: 'gildong' },
      '등록되지 않은 구매자입니다.',
      200,
    ],
    [
      'a billingKeyInfo',
      { customer_uid: null, billingKeyInfo: { billingKey: 'gildong' } },
      '등록되지 않은 구매자입니다.',
      200,
    ],
  ])('is refused at again: %s', async (_, changes, message, status) => {
    const { again, webhooks } = await setUp()
    expect(await again(changes)).toEqual(refused(message, status))
    expect(webhooks()).toEqual([])
  })

  it('is refused at again as a form', async () => {
    const { login, call } = await setUp()
    const fields = { customer_uid: 'gildong', merchant_uid: 'month-1', 'amount[total]': '9900' }
    const headers = { authorization: await login() }
    const body = new URLSearchParams(fields)
    expect((await call(againPath, { method: 'POST', headers, body })).status).toBe(400)
  })

  it('is refused at onetime, and at schedule', async () => {
    const { send } = await setUp()
    const amount = { total: 9900 }
    const onetime = { ...order, ...card, amount }
    const schedules = [{ ...order, amount, schedule_at: fixedTimeSeconds + 60 }]
    const responses = [
      await send('POST', '/subscribe/payments/onetime', onetime),
      await send('POST', '/subscribe/payments/schedule', { customer_uid: 'gildong', schedules }),
    ]
    expect(responses.map(({ status }) => status)).toEqual([400, 400])
  })
})

describe('a merchant_uid that was charged before', () => {
  it('is refused with the provider’s text while it is paid, and once it is cancelled', async () => {
    const { again, send } = await setUp()
    const { body } = await again()
    const paidAgain = await again()
    await send('POST', '/payments/cancel', { merchant_uid: 'month-1' })
    expect([body['code'], paidAgain, await again()]).toEqual([
      0,
      refused(duplicate),
      refused(duplicate),
    ])
  })

  it('can be charged again after a failure, and never again at Naver Pay', async () => {
    const customer_uid = 'declined-once-1'
    const other = await setUp({ customer_uid })
    const naver = await setUp({ customer_uid, pg_provider: 'naverpay' })
    const charge = async ({ again }: Awaited<ReturnType<typeof setUp>>) => [
      fieldOf(await again(), 'status'),
      (await again()).body['message'],
    ]
    expect(await charge(other)).toEqual(['failed', null])
    expect(await charge(naver)).toEqual(['failed', duplicate])
  })
})

describe('a failed charge by API', () => {
  it.each([
    ['again', { card: 'no_balance' }, '[CC10] 잔액부족'],
    ['again', { card: 'refused' }, '[CC03] 카드사 승인거절'],
    ['again', { card: 'lost' }, '[CC04] 분실카드'],
    ['again', { card: 'expired' }, '[CC54] 유효기간 만료 카드'],
    ['again', { card: 'revoked' }, '등록되지 않은 구매자입니다.'],
  ])('has no webhook: %s of a card that is %j', async (_, changed, fail_reason) => {
    const { again, control, webhooks, simulator } = await setUp()
    await control('/billing-keys/gildong', changed, 'PUT')
    const { body } = await again()
    await simulator.waitForIdle()
    expect(body).toMatchObject({ code: 0, response: { status: 'failed', fail_reason } })
    expect(webhooks()).toEqual([])
  })

  it('leaves no key behind that the same call was to register', async () => {
    const { send, get, webhooks } = await setUp()
    const onetime = async (customer_uid: string, card_number: string) => {
      const sent = { ...order, merchant_uid: customer_uid, ...card, card_number, customer_uid }
      const response = await send('POST', '/subscribe/payments/onetime', sent)
      const key = await get(`/subscribe/customers/${customer_uid}`)
      return [fieldOf(response, 'status'), key.body['code']]
    }
    expect(await onetime('poor', '4000-0000-0000-9995')).toEqual(['failed', 1])
    expect(webhooks()).toEqual([])
    expect(await onetime('rich', card.card_number)).toEqual(['paid', 0])
  })
})

describe('a card after its registration', () => {
  it('works again once it has money, and shows nothing of it in the key', async () => {
    const { again, control, get } = await setUp()
    const key = await get('/subscribe/customers/gildong')
    await control('/billing-keys/gildong', { card: 'no_balance' }, 'PUT')
    const poor = await again({ merchant_uid: 'month-1-1' })
    const unchanged = await get('/subscribe/customers/gildong')
    await control('/billing-keys/gildong', { card: 'normal' }, 'PUT')
    const rich = await again({ merchant_uid: 'month-1-2' })
    expect([poor, rich].map((response) => fieldOf(response, 'status'))).toEqual(['failed', 'paid'])
    expect(unchanged).toEqual(key)
  })

  it('expires at the end of its month in Seoul, without a notice', async () => {
    const { control, send, webhooks } = await setUp()
    await send('POST', '/subscribe/customers/paper', card)
    const charge = async (merchant_uid: string) =>
      send('POST', againPath, { customer_uid: 'paper', ...order, merchant_uid })
    await control('/clock', { set: '2026-04-30T14:59:59Z' })
    const last = await charge('april')
    await control('/clock', { set: '2026-04-30T15:00:00Z' })
    const late = await charge('may')
    expect([fieldOf(last, 'status'), fieldOf(late, 'fail_reason')]).toEqual([
      'paid',
      '[CC54] 유효기간 만료 카드',
    ])
    expect(webhooks()).toMatchObject([{ merchant_uid: 'april', status: 'paid' }])
  })

  it('is that of an existing key, and behaves in a known way', async () => {
    const { control } = await setUp()
    expect(await control('/billing-keys/none', { card: 'lost' }, 'PUT')).toEqual({
      status: 404,
      body: { reason: 'billing_key_unknown' },
    })
    expect(await control('/billing-keys/gildong', { card: 'gold' }, 'PUT')).toEqual({
      status: 400,
      body: {
        reason: 'invalid',
        field: 'card',
        expected: 'one of normal, refused, no_balance, refused_once, lost, expired, revoked',
      },
    })
  })
})

describe('a charge that the PG decides later', () => {
  it('is ready, then paid with a webhook', async () => {
    const { again, control, get, webhooks } = await setUp({ customer_uid: 'pending-1' })
    const started = await again()
    const before = webhooks()
    await control('/clock', { advance_ms: 60_000 })
    const read = await get(`/payments/${String(fieldOf(started, 'imp_uid'))}?include_sandbox=true`)
    expect([fieldOf(started, 'status'), before, fieldOf(read, 'status')]).toEqual([
      'ready',
      [],
      'paid',
    ])
    expect(webhooks()).toMatchObject([{ merchant_uid: 'month-1', status: 'paid' }])
  })

  it('may fail, without a webhook', async () => {
    const { again, control, get, webhooks } = await setUp({ customer_uid: 'pending-1' })
    const imp_uid = String(fieldOf(await again(), 'imp_uid'))
    await control(`/payments/${imp_uid}/fail`, { reason: '잔액부족' })
    await control('/clock', { advance_ms: 60_000 })
    const read = await get(`/payments/${imp_uid}?include_sandbox=true`)
    expect([fieldOf(read, 'status'), webhooks()]).toEqual(['failed', []])
  })
})

describe('a key that its PG does not charge', () => {
  it('is one of Mobilians’ test channel', async () => {
    const { again } = await setUp({ pg_provider: 'mobilians_v2' })
    expect((await again()).body).toMatchObject({
      code: -1,
      message: '테스트 채널의 빌링키로는 결제할 수 없습니다.',
    })
  })

  it('is one of Paymentwall, for another buyer_email than at its registration', async () => {
    const { again } = await setUp({
      pg_provider: 'paymentwall',
      customer_email: 'hong@example.com',
    })
    const other = await again({ buyer_email: 'kim@example.com' })
    const same = await again({ buyer_email: 'hong@example.com' })
    expect([other.body['code'], fieldOf(same, 'status')]).toEqual([-1, 'paid'])
  })
})

describe('DELETE /subscribe/customers/{customer_uid}', () => {
  it.each([
    ['naverpay', 'card'],
    ['nice_v2', 'kakaopay'],
  ])('needs a reason at %s by %s', async (pg_provider, pay_method) => {
    const { send, get } = await setUp({ pg_provider, pay_method })
    const path = '/subscribe/customers/gildong'
    expect(await send('DELETE', path, {})).toEqual(
      refused('reason 파라메터가 누락되었습니다.', 400),
    )
    expect((await get(path)).body['code']).toBe(0)
    const query = new URLSearchParams({ reason: '해지', 'extra[requester]': 'customer' })
    const deleted = await send('DELETE', `${path}?${query}`, {})
    expect(fieldOf(deleted, 'customer_uid')).toBe('gildong')
    expect((await get(path)).body['code']).toBe(1)
  })

  it('leaves the schedules of the key, which run and fail', async () => {
    const { send, control, webhooks } = await setUp()
    const schedules = [{ ...order, schedule_at: fixedTimeSeconds + 3600 }]
    await send('POST', '/subscribe/payments/schedule', { customer_uid: 'gildong', schedules })
    await send('DELETE', '/subscribe/customers/gildong', {})
    const path = '/subscribe/payments/schedule/month-1'
    const kept = await send('GET', path, undefined)
    await control('/clock', { advance_ms: 3_600_000 })
    const run = await send('GET', path, undefined)
    expect(fieldOf(kept, 'schedule_status')).toBe('scheduled')
    expect(run.body['response']).toMatchObject({
      schedule_status: 'executed',
      payment_status: 'failed',
      fail_reason: '등록되지 않은 구매자입니다.',
    })
    expect(webhooks()).toMatchObject([{ merchant_uid: 'month-1', status: 'failed' }])
  })
})
