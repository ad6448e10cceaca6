import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds, toRecord } from '../../../../test/merchant.ts'
import {
  at,
  card,
  day,
  entry,
  month,
  path,
  refused,
  setUp,
  stored,
} from '../../../../test/subscriber.ts'

describe('POST /subscribe/payments/schedule', () => {
  it('stores a charge until its time, then charges it and sends the webhook', async () => {
    const { schedule, read, advance, readWithNewToken, webhooks } = await setUp()
    const made = await schedule(entry)
    const before = await read()
    await advance(month - 1)
    const quiet = webhooks()
    await advance(1)
    const after = await readWithNewToken()

    expect(made).toEqual({ status: 200, body: { code: 0, message: null, response: [stored] } })
    expect([before.body['response'], quiet]).toEqual([stored, []])
    const impUid = fieldOf(after, 'imp_uid')
    expect(impUid).toMatch(/^imps_\d{12}$/)
    expect(after.body['response']).toEqual({
      ...stored,
      imp_uid: impUid,
      pg_provider: 'nice_v2',
      pg_id: 'nice_simulator',
      executed_at: at,
      schedule_status: 'executed',
      payment_status: 'paid',
    })
    expect(webhooks()).toEqual([{ imp_uid: impUid, merchant_uid: 'month-2', status: 'paid' }])
  })

  it('records the run as a payment of the key', async () => {
    const { schedule, advance, sendWithNewToken } = await setUp()
    await schedule({ ...entry, custom_data: '{"month":2}', buyer_name: '홍길동' })
    await advance(month)
    const found = await sendWithNewToken('GET', '/payments/find/month-2', undefined)
    expect(found.body['response']).toMatchObject({
      status: 'paid',
      amount: 9900,
      customer_uid: 'gildong',
      customer_uid_usage: 'payment.scheduled',
      channel: 'api',
      buyer_name: '홍길동',
      custom_data: '{"month":2}',
    })
  })

  it('sends the webhook of a failed run to the charge’s own notice_url', async () => {
    const { schedule, advance, readWithNewToken, receivedRequests } = await setUp('declined-1')
    await schedule({ ...entry, notice_url: 'https://shop.example/renewal' })
    await advance(month)
    const after = await readWithNewToken()

    expect(after.body['response']).toMatchObject({
      schedule_status: 'executed',
      payment_status: 'failed',
      fail_reason: '[CC03] 카드사 승인거절',
    })
    expect(
      receivedRequests.map(({ url, body }) => [url, toRecord(JSON.parse(body))['status']]),
    ).toEqual([['https://shop.example/renewal', 'failed']])
  })

  it('fails a run whose key was deleted in the meantime', async () => {
    const { schedule, authorized, advance, readWithNewToken } = await setUp()
    await schedule(entry)
    await authorized('/subscribe/customers/gildong', { method: 'DELETE' })
    await advance(month)
    expect((await readWithNewToken()).body['response']).toMatchObject({
      payment_status: 'failed',
      fail_reason: '등록되지 않은 구매자입니다.',
    })
  })

  it('fails a run of an order that was paid in another way in the meantime', async () => {
    const { schedule, send, advance, readWithNewToken, get } = await setUp()
    await schedule(entry)
    const body = { ...entry, customer_uid: 'gildong' }
    await send('POST', '/subscribe/payments/again', body)
    expect((await get('/payments/find/month-2/paid')).status).toBe(200)
    await advance(month)
    expect((await readWithNewToken()).body['response']).toMatchObject({ payment_status: 'failed' })
  })

  it('issues the key first when the request has card data', async () => {
    const { send, get } = createMerchant()
    const made = await send('POST', path, { customer_uid: 'new', ...card, schedules: [entry] })
    expect(made.body['code']).toBe(0)
    expect((await get('/subscribe/customers/new')).body['code']).toBe(0)
  })

  it('checks a card with an amount that it refunds at once', async () => {
    const { send, get } = await setUp()
    await send('POST', path, { customer_uid: 'gildong', checking_amount: 100, schedules: [entry] })
    const payments = await get('/subscribe/customers/gildong/payments')
    expect(fieldOf(payments, 'list')).toMatchObject([
      { amount: 100, cancel_amount: 100, status: 'cancelled' },
    ])
  })

  it('schedules nothing when that amount is refused', async () => {
    const { send, read } = await setUp('declined-1')
    const body = { customer_uid: 'declined-1', checking_amount: 100, schedules: [entry] }
    expect((await send('POST', path, body)).body).toMatchObject({ code: -1, response: null })
    expect((await read()).status).toBe(404)
  })

  it('accepts a form with bracketed keys, and one with JSON in it', async () => {
    const { authorized, read } = await setUp()
    const brackets = new URLSearchParams({ customer_uid: 'gildong' })
    for (const [name, value] of Object.entries(entry)) {
      brackets.set(`schedules[0][${name}]`, String(value))
    }
    const json = new URLSearchParams({
      customer_uid: 'gildong',
      schedules: JSON.stringify([{ ...entry, merchant_uid: 'month-3' }]),
    })
    await authorized(`${path}/`, { method: 'POST', body: brackets })
    await authorized(path, { method: 'POST', body: json })
    expect((await read()).body['response']).toEqual(stored)
    expect((await read('month-3')).status).toBe(200)
  })

  it('finds a charge whose order id has a slash and Korean characters', async () => {
    const { schedule, read, send } = await setUp()
    await schedule({ ...entry, merchant_uid: '주문/2' })
    for (const uid of ['주문/2', encodeURIComponent('주문/2'), '주문/2/']) {
      expect((await read(uid)).body['response']).toEqual({ ...stored, merchant_uid: '주문/2' })
    }
    const retried = await send('POST', `${path}/${encodeURIComponent('주문/2')}/retry`, {})
    expect(retried).toEqual(refused('아직 실행되지 않은 예약결제입니다.', 400))
  })

  it('refuses an unknown buyer with the provider’s text', async () => {
    const { send } = createMerchant()
    const response = await send('POST', path, { customer_uid: 'unknown', schedules: [entry] })
    expect(response).toEqual(refused('등록된 고객정보가 없습니다.'))
  })

  for (const [name, entries] of [
    ['nothing to schedule', []],
    ['a time in the past', [{ ...entry, schedule_at: fixedTimeSeconds }]],
    ['a charge without a time', [{ ...entry, schedule_at: null }]],
    ['the same order twice', [entry, { ...entry, schedule_at: at + day }]],
    ['a scheduled order', [{ ...entry, merchant_uid: 'known' }]],
    ['one bad charge among good ones', [entry, { ...entry, merchant_uid: 'bad', amount: -1 }]],
  ] as const) {
    it(`refuses ${name} and schedules nothing`, async () => {
      const { schedule, get } = await setUp()
      await schedule({ ...entry, merchant_uid: 'known' })
      const response = await schedule(...entries)
      const all = await get(`${path}?schedule_from=${fixedTimeSeconds}&schedule_to=${at + 2 * day}`)
      expect([response.body['code'], response.body['response']]).toEqual([1, null])
      expect(fieldOf(all, 'list')).toMatchObject([{ merchant_uid: 'known' }])
    })
  }
})

describe('POST /subscribe/payments/unschedule', () => {
  const others = [entry, { ...entry, merchant_uid: 'month-3', schedule_at: at + month }]

  for (const [name, body, revoked] of [
    ['all charges of a key', { customer_uid: 'gildong' }, ['month-2', 'month-3']],
    ['one order', { merchant_uid: 'month-3' }, ['month-3']],
    ['some orders of a key', { customer_uid: 'gildong', merchant_uid: ['month-2'] }, ['month-2']],
  ] as const) {
    it(`cancels ${name}, which then never run`, async () => {
      const { schedule, send, advance, webhooks } = await setUp()
      await schedule(...others)
      const response = await send('POST', '/subscribe/payments/unschedule', body)
      await advance(3 * month)

      expect(response.body['response']).toMatchObject(
        revoked.map((merchant_uid) => ({
          merchant_uid,
          schedule_status: 'revoked',
          revoked_at: fixedTimeSeconds,
        })),
      )
      expect(webhooks()).toHaveLength(others.length - revoked.length)
    })
  }

  for (const body of [{ customer_uid: 'unknown' }, { merchant_uid: ['none'] }, {}]) {
    it(`refuses ${JSON.stringify(body)} with the provider’s text`, async () => {
      const { schedule, send } = await setUp()
      await schedule(entry)
      const response = await send('POST', '/subscribe/payments/unschedule', body)
      expect(response).toEqual(refused('취소할 예약결제 기록이 존재하지 않습니다.'))
    })
  }

  it('allows the order to be scheduled again', async () => {
    const { schedule, send } = await setUp()
    await schedule(entry)
    await send('POST', '/subscribe/payments/unschedule', { merchant_uid: 'month-2' })
    expect((await schedule(entry)).body['code']).toBe(0)
  })
})
