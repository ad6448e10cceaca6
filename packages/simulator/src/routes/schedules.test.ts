import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, noonSeconds, toRecord } from '../../test/merchant.ts'
import type { SimulatorOptions } from '../simulator.ts'

const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12', birth: '900101' }
const hour = 3600
const day = 24 * hour
const month = 30 * day
const at = noonSeconds + month
const path = '/subscribe/payments/schedule'
const entry = { merchant_uid: 'month-2', schedule_at: at, amount: 9900, name: '정기결제' }
const stored = {
  customer_uid: 'gildong',
  customer_id: null,
  merchant_uid: 'month-2',
  imp_uid: null,
  pg_provider: null,
  pg_id: null,
  schedule_at: at,
  executed_at: 0,
  revoked_at: 0,
  amount: 9900,
  currency: 'KRW',
  name: '정기결제',
  buyer_name: '',
  buyer_email: '',
  buyer_tel: '',
  buyer_addr: '',
  buyer_postcode: '',
  custom_data: null,
  promotion_id: null,
  schedule_status: 'scheduled',
  payment_status: null,
  fail_reason: null,
}
const refused = (message: string, status = 200) => ({
  status,
  body: { code: 1, message, response: null },
})

const setUp = async (customer_uid = 'gildong', options: SimulatorOptions = {}) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' }, ...options })
  await merchant.send('POST', `/subscribe/customers/${customer_uid}`, card)
  const schedule = (...schedules: Record<string, unknown>[]) =>
    merchant.send('POST', path, { customer_uid, schedules })
  const read = (uid = 'month-2') => merchant.get(`${path}/${uid}`)
  const advance = (seconds: number) => merchant.simulator.clock.advance(seconds * 1000)
  // The token of a test that waits a month has run out.
  const renewed = async (method: string, to: string, body: unknown) => {
    const authorization = await merchant.login()
    const init = merchant.json(method, body)
    return merchant.call(to, {
      ...init,
      headers: { 'content-type': 'application/json', authorization },
    })
  }
  const shown = async (uid = 'month-2') => {
    const authorization = await merchant.login()
    return merchant.call(`${path}/${uid}`, { headers: { authorization } })
  }
  const heard = () => merchant.inbox.map(({ body }): unknown => JSON.parse(body))
  return { ...merchant, schedule, read, advance, renewed, shown, heard }
}

describe('POST /subscribe/payments/schedule', () => {
  it('keeps a charge until its time, then takes the money and tells the shop', async () => {
    const { schedule, read, advance, shown, heard } = await setUp()
    const made = await schedule(entry)
    const before = await read()
    await advance(month - 1)
    const quiet = heard()
    await advance(1)
    const after = await shown()

    expect(made).toEqual({ status: 200, body: { code: 0, message: null, response: [stored] } })
    expect([before.body['response'], quiet]).toEqual([stored, []])
    const impUid = fieldOf(after, 'imp_uid')
    expect(impUid).toMatch(/^imps_\d{12}$/)
    expect(after.body['response']).toEqual({
      ...stored,
      imp_uid: impUid,
      pg_provider: 'nice_v2',
      pg_id: 'nictest04m',
      executed_at: at,
      schedule_status: 'executed',
      payment_status: 'paid',
    })
    expect(heard()).toEqual([{ imp_uid: impUid, merchant_uid: 'month-2', status: 'paid' }])
  })

  it('records the run as a payment of the key', async () => {
    const { schedule, advance, renewed } = await setUp()
    await schedule({ ...entry, custom_data: '{"month":2}', buyer_name: '홍길동' })
    await advance(month)
    const found = await renewed('GET', '/payments/find/month-2', undefined)
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

  it('tells the shop of a run that fails, and where the charge itself asked to', async () => {
    const { schedule, advance, shown, inbox } = await setUp('declined-1')
    await schedule({ ...entry, notice_url: 'https://shop.example/renewal' })
    await advance(month)
    const after = await shown()

    expect(after.body['response']).toMatchObject({
      schedule_status: 'executed',
      payment_status: 'failed',
      fail_reason: '[CC03] 카드사 승인거절',
    })
    expect(inbox.map(({ url, body }) => [url, toRecord(JSON.parse(body))['status']])).toEqual([
      ['https://shop.example/renewal', 'failed'],
    ])
  })

  it('fails a run whose key was deleted meanwhile', async () => {
    const { schedule, authorized, advance, shown } = await setUp()
    await schedule(entry)
    await authorized('/subscribe/customers/gildong', { method: 'DELETE' })
    await advance(month)
    expect((await shown()).body['response']).toMatchObject({
      payment_status: 'failed',
      fail_reason: '등록되지 않은 구매자입니다.',
    })
  })

  it('fails a run of an order that was paid otherwise meanwhile', async () => {
    const { schedule, send, advance, shown, get } = await setUp()
    await schedule(entry)
    const body = { ...entry, customer_uid: 'gildong' }
    await send('POST', '/subscribe/payments/again', body)
    expect((await get('/payments/find/month-2/paid')).status).toBe(200)
    await advance(month)
    expect((await shown()).body['response']).toMatchObject({ payment_status: 'failed' })
  })

  it('issues the key first when the request holds card data', async () => {
    const { send, get } = createMerchant()
    const made = await send('POST', path, { customer_uid: 'new', ...card, schedules: [entry] })
    expect(made.body['code']).toBe(0)
    expect((await get('/subscribe/customers/new')).body['code']).toBe(0)
  })

  it('tries a card with an amount that it gives back at once', async () => {
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

  it('takes a form with bracketed keys, and one with JSON in it', async () => {
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

  it('finds a charge whose order id holds a slash and Korean letters', async () => {
    const { schedule, read, send } = await setUp()
    await schedule({ ...entry, merchant_uid: '주문/2' })
    for (const uid of ['주문/2', encodeURIComponent('주문/2'), '주문/2/']) {
      expect((await read(uid)).body['response']).toEqual({ ...stored, merchant_uid: '주문/2' })
    }
    const retried = await send('POST', `${path}/${encodeURIComponent('주문/2')}/retry`, {})
    expect(retried).toEqual(refused('아직 실행되지 않은 예약결제입니다.', 400))
  })

  it('refuses an unknown buyer in the words of the provider', async () => {
    const { send } = createMerchant()
    const answer = await send('POST', path, { customer_uid: 'nobody', schedules: [entry] })
    expect(answer).toEqual(refused('등록된 고객정보가 없습니다.'))
  })

  for (const [name, entries] of [
    ['nothing to schedule', []],
    ['a time in the past', [{ ...entry, schedule_at: noonSeconds }]],
    ['a charge without a time', [{ ...entry, schedule_at: null }]],
    ['the same order twice', [entry, { ...entry, schedule_at: at + day }]],
    ['an order it knows', [{ ...entry, merchant_uid: 'known' }]],
    ['one bad charge among good ones', [entry, { ...entry, merchant_uid: 'bad', amount: -1 }]],
  ] as const) {
    it(`refuses ${name} and schedules none of it`, async () => {
      const { schedule, get } = await setUp()
      await schedule({ ...entry, merchant_uid: 'known' })
      const answer = await schedule(...entries)
      const all = await get(`${path}?schedule_from=${noonSeconds}&schedule_to=${at + 2 * day}`)
      expect([answer.body['code'], answer.body['response']]).toEqual([1, null])
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
    it(`calls off ${name}, and they never run`, async () => {
      const { schedule, send, advance, heard } = await setUp()
      await schedule(...others)
      const answer = await send('POST', '/subscribe/payments/unschedule', body)
      await advance(3 * month)

      expect(answer.body['response']).toMatchObject(
        revoked.map((merchant_uid) => ({
          merchant_uid,
          schedule_status: 'revoked',
          revoked_at: noonSeconds,
        })),
      )
      expect(heard()).toHaveLength(others.length - revoked.length)
    })
  }

  for (const body of [{ customer_uid: 'nobody' }, { merchant_uid: ['none'] }, {}]) {
    it(`answers ${JSON.stringify(body)} in the words of the provider`, async () => {
      const { schedule, send } = await setUp()
      await schedule(entry)
      const answer = await send('POST', '/subscribe/payments/unschedule', body)
      expect(answer).toEqual(refused('취소할 예약결제 기록이 존재하지 않습니다.'))
    })
  }

  it('lets the order be scheduled anew', async () => {
    const { schedule, send } = await setUp()
    await schedule(entry)
    await send('POST', '/subscribe/payments/unschedule', { merchant_uid: 'month-2' })
    expect((await schedule(entry)).body['code']).toBe(0)
  })
})

describe('PUT /subscribe/payments/schedule/{merchant_uid}', () => {
  for (const [name, to] of [
    ['earlier', at - day],
    ['later', at + day],
  ] as const) {
    it(`runs a charge that was moved to an ${name} time once, at that time`, async () => {
      const { schedule, send, advance, shown, heard } = await setUp()
      await schedule(entry)
      const moved = await send('PUT', `${path}/month-2`, { schedule_at: to })
      await advance(2 * month)
      expect(moved.body['response']).toEqual({ ...stored, schedule_at: to })
      expect([fieldOf(await shown(), 'executed_at'), heard()]).toEqual([
        to,
        [expect.objectContaining({ status: 'paid' })],
      ])
    })
  }

  for (const schedule_at of [noonSeconds - 1, null]) {
    it(`refuses to move a charge to ${String(schedule_at)}`, async () => {
      const { schedule, send, read } = await setUp()
      await schedule(entry)
      expect((await send('PUT', `${path}/month-2`, { schedule_at })).status).toBe(400)
      expect(fieldOf(await read(), 'schedule_at')).toBe(at)
    })
  }

  it('refuses a charge that has run, and one that it does not know', async () => {
    const { schedule, advance, renewed } = await setUp()
    await schedule(entry)
    await advance(month)
    const body = { schedule_at: at + day }
    expect((await renewed('PUT', `${path}/month-2`, body)).status).toBe(400)
    expect((await renewed('PUT', `${path}/none`, body)).status).toBe(404)
  })
})

describe('POST …/retry and …/reschedule', () => {
  const failed = async () => {
    const merchant = await setUp('declined-once-1')
    await merchant.schedule(entry)
    await merchant.advance(month)
    return merchant
  }

  it('tries a failed charge again at once, under a new payment', async () => {
    const { renewed, shown, heard, simulator } = await failed()
    const before = await shown()
    const retried = await renewed('POST', `${path}/month-2/retry/`, {})
    await simulator.settle()

    expect(fieldOf(retried, 'status')).toBe('paid')
    expect(fieldOf(retried, 'imp_uid')).not.toBe(fieldOf(before, 'imp_uid'))
    expect((await shown()).body['response']).toMatchObject({
      imp_uid: fieldOf(retried, 'imp_uid'),
      payment_status: 'paid',
    })
    expect(heard()).toMatchObject([{ status: 'failed' }, { status: 'paid' }])
  })

  it('gives a failed charge a new time and runs it then', async () => {
    const { renewed, shown, advance } = await failed()
    const again = await renewed('POST', `${path}/month-2/reschedule`, { schedule_at: at + day })
    await advance(day)

    expect(again.body['response']).toEqual({
      ...stored,
      customer_uid: 'declined-once-1',
      schedule_at: at + day,
    })
    expect((await shown()).body['response']).toMatchObject({
      executed_at: at + day,
      payment_status: 'paid',
    })
  })

  it('takes up a charge that was called off', async () => {
    const { schedule, send } = await setUp()
    await schedule(entry)
    await send('POST', '/subscribe/payments/unschedule', { customer_uid: 'gildong' })
    const body = { schedule_at: at + day }
    const again = await send('POST', `${path}/month-2/reschedule`, body)
    expect(again.body['response']).toEqual({ ...stored, schedule_at: at + day })
  })

  it('refuses a charge that has not run, and one that was approved', async () => {
    const { schedule, advance, renewed } = await setUp()
    await schedule(entry)
    const calls = async () => [
      await renewed('POST', `${path}/month-2/retry`, {}),
      await renewed('POST', `${path}/month-2/reschedule`, { schedule_at: at + day }),
    ]
    const early = await calls()
    await advance(month)
    const late = await calls()

    const unrun = refused('아직 실행되지 않은 예약결제입니다.', 400)
    const approved = refused('이미 승인된 예약결제입니다.', 400)
    expect([early, late]).toEqual([
      [unrun, unrun],
      [approved, approved],
    ])
  })

  it('refuses to retry without a schedule, or without a key', async () => {
    const { renewed } = await failed()
    await renewed('DELETE', '/subscribe/customers/declined-once-1', {})
    expect((await renewed('POST', `${path}/month-2/retry`, {})).status).toBe(404)
    expect((await renewed('POST', `${path}/none/retry`, {})).status).toBe(404)
  })
})

describe('the lists of schedules', () => {
  const lists = (from: number, to: number) => [
    `/subscribe/customers/gildong/schedules?from=${from}&to=${to}`,
    `${path}/customers/gildong?from=${from}&to=${to}`,
    `${path}?schedule_from=${from}&schedule_to=${to}`,
  ]

  it('hold what is planned from one moment on and before another, newest first', async () => {
    const { schedule, get } = await setUp()
    await schedule(
      ...[0, 1, 2].map((n) => ({ ...entry, merchant_uid: `n-${n}`, schedule_at: at + n })),
    )
    for (const list of lists(at, at + 2)) {
      const answer = await get(list)
      expect(answer.body['response']).toMatchObject({
        total: 2,
        previous: 0,
        next: 0,
        list: [{ merchant_uid: 'n-1' }, { merchant_uid: 'n-0' }],
      })
    }
  })

  it('can be asked for one status, and in the other order', async () => {
    const { schedule, send, get } = await setUp()
    await schedule(entry, { ...entry, merchant_uid: 'b', schedule_at: at + 1 })
    await send('POST', '/subscribe/payments/unschedule', { merchant_uid: 'b' })
    const [byKey = '', , all = ''] = lists(at, at + day)
    const revoked = await get(`${byKey}&schedule-status=revoked`)
    const planned = await get(`${all}&schedule_status=scheduled`)
    const oldest = await get(`${all}&sorting=scheduled&limit=1&page=2`)
    expect([revoked, planned, oldest].map((answer) => fieldOf(answer, 'list'))).toMatchObject([
      [{ merchant_uid: 'b' }],
      [{ merchant_uid: 'month-2' }],
      [{ merchant_uid: 'b' }],
    ])
  })

  it('refuse more than three months, a range without an end, and an unknown status', async () => {
    const { get } = await setUp()
    const [, , all = ''] = lists(at, at + 93 * day)
    expect((await get(all)).status).toBe(400)
    expect((await get(`${path}?schedule_from=${at}`)).status).toBe(400)
    const [byKey = ''] = lists(at, at + day)
    expect((await get(`${byKey}&schedule-status=done`)).status).toBe(400)
  })

  it('are bare arrays where the world is set up so', async () => {
    const { schedule, get } = await setUp('gildong', { scheduleLists: 'array' })
    await schedule(entry)
    for (const list of lists(at, at + day)) {
      expect((await get(list)).body['response']).toEqual([stored])
    }
  })
})
