import { env } from 'cloudflare:workers'
import { createClient, payments, unwrap } from '@quayside/client'
import { parsePayment } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createReceiver } from '../test/receiver.ts'
import { createShop } from '../test/shop.ts'
import { exceptionEvent } from './answers.ts'
import { createExceptions } from './store/exceptions.ts'

const amount = 64_900

interface Payment {
  readonly imp_uid: string
  readonly cancel_history: readonly { readonly amount: number }[]
}

/** A shop whose worker's time runs as the provider's does, and can be moved on. */
function openShop() {
  let aheadMs = 0
  const receiver = createReceiver()
  const shop = createShop({}, undefined, {
    now: () => new Date(Date.now() + aheadMs),
    receive: receiver.fetch,
  })
  return {
    ...shop,
    /** What the merchant's server was told of exceptions of an order, signed, by their ids. */
    told: (merchantUid: string) =>
      receiver.arrivals
        .filter(({ body }) => body.includes('payment.exception'))
        .map(({ id, body }) => ({ id, ...exceptionEvent.parse(JSON.parse(body)) }))
        .filter(({ data }) => data.exception.merchant_uid === merchantUid),
    order: (merchant_uid: string, policy: Readonly<Record<string, string>> = {}) =>
      shop.post('/orders', { merchant_uid, amount, currency: 'KRW', policy }),
    /** A second payment, from a window that was opened before the first was paid. Gives its `imp_uid`. */
    payAgain: async (
      merchant_uid: string,
      fields: Readonly<Record<string, unknown>> = {},
    ): Promise<string> => {
      const payment = { merchant_uid, amount, currency: 'KRW', pay_method: 'card', ...fields }
      const staged = await shop.control('/payments', payment)
      const record: { imp_uid: string } = await staged.json()
      return record.imp_uid
    },
    /** What the provider's books say was given back of a payment. */
    refunds: async (impUid: string): Promise<unknown> => {
      const state = await shop.control('/state', {}, 'GET')
      const { payments: all }: { payments: Payment[] } = await state.json()
      return all.find((each) => each.imp_uid === impUid)?.cancel_history.map(({ amount }) => amount)
    },
    /** A minute passes, and the cron trigger fires. */
    sweep: async () => {
      aheadMs += 60_000
      await shop.schedule('* * * * *')
    },
    all: async (merchantUid: string) => {
      const { body } = await shop.send('/exceptions?state=all')
      const list: unknown = body['exceptions']
      return Array.isArray(list)
        ? list.filter((each: { merchant_uid: string }) => each.merchant_uid === merchantUid)
        : []
    },
  }
}
const instant: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

describe('GET /exceptions', () => {
  it('T20: shows a second payment with its evidence until the merchant has seen to it', async () => {
    const shop = openShop()
    await shop.order('E-two')
    await shop.report('E-two', await shop.pay('E-two'))
    const imp_uid = await shop.payAgain('E-two')
    expect(await shop.report('E-two', imp_uid)).toMatchObject({ body: { status: 'success' } })
    const open = {
      id: `duplicate_paid:${imp_uid}`,
      kind: 'duplicate_paid',
      merchant_uid: 'E-two',
      imp_uid,
      payment_status: 'paid',
      amount,
      currency: 'KRW',
      cancelled_amount: 0,
      pay_method: 'card',
      pg_provider: 'html5_inicis',
      policy: 'report',
      outcome: null,
      tries: 0,
      created_at: instant,
      closed_at: null,
    }
    expect(await shop.send('/exceptions')).toEqual({ status: 200, body: { exceptions: [open] } })

    const closed = { ...open, outcome: 'closed_by_merchant', closed_at: instant }
    const close = () => shop.post(`/exceptions/duplicate_paid:${imp_uid}/close`, {})
    expect(await close()).toEqual({ status: 200, body: closed })
    expect(await close()).toEqual({ status: 200, body: closed })
    expect(await shop.send('/exceptions')).toEqual({ status: 200, body: { exceptions: [] } })
    expect(await shop.all('E-two')).toEqual([closed])
  })

  it('T21: shows what came of giving a second payment back', async () => {
    const shop = openShop()
    await shop.order('E-back', { stray: 'refund' })
    const first = await shop.pay('E-back')
    await shop.report('E-back', first)
    const second = await shop.payAgain('E-back')
    await shop.report('E-back', second)
    await shop.sweep()
    expect(await shop.all('E-back')).toMatchObject([{ outcome: 'given_back', closed_at: instant }])
    expect(await shop.send('/orders/E-back')).toMatchObject({
      body: { status: 'paid', imp_uid: first, cancelled_amount: 0 },
    })
    expect(await shop.send('/orders/E-back/cancels')).toEqual({
      status: 200,
      body: {
        cancels: [
          {
            imp_uid: second,
            checksum: amount,
            amount,
            currency: 'KRW',
            asked_by: 'policy',
            state: 'confirmed',
            detail: null,
            requested_at: instant,
            settled_at: instant,
          },
        ],
        revocations: [],
      },
    })
  })

  it('is for the merchant alone', async () => {
    const shop = openShop()
    const headers = { authorization: 'Bearer somebody-else' }
    for (const path of ['/exceptions', '/exceptions/x', '/orders/E-two/cancels']) {
      expect(await shop.send(path, { headers })).toMatchObject({
        status: 401,
        body: { error: 'unauthorized' },
      })
    }
  })

  it('refuses a state it does not know, and an exception that never was', async () => {
    const shop = openShop()
    expect(await shop.send('/exceptions?state=closed')).toEqual({
      status: 400,
      body: {
        error: 'request_invalid',
        message: 'Cannot read request: missing, unknown or malformed: state',
      },
    })
    expect(await shop.post('/exceptions/late_paid:imp_0/close', {})).toEqual({
      status: 404,
      body: { error: 'exception_unknown', message: 'Cannot find exception: there is none' },
    })
    expect(await shop.send('/orders/E-none/cancels')).toMatchObject({ status: 404 })
  })
})

describe('payment.exception', () => {
  it('tells of money that does not match its order, as GET /exceptions shows it', async () => {
    const shop = openShop()
    await shop.order('E-low')
    const imp_uid = await shop.payAgain('E-low', { amount: 100 })
    expect(await shop.report('E-low', imp_uid)).toMatchObject({ body: { status: 'forgery' } })
    await shop.sweep()
    await shop.sweep()
    const [exception] = await shop.all('E-low')
    expect(exception).toMatchObject({ kind: 'mismatch_paid', amount: 100, policy: 'report' })
    expect(shop.told('E-low')).toEqual([
      {
        id: `mismatch_paid:${imp_uid}`,
        type: 'payment.exception',
        timestamp: instant,
        data: { exception, mode: 'test' },
      },
    ])
    expect(await shop.send('/orders/E-low')).toMatchObject({ body: { status: 'pending' } })
    expect(await shop.send(`/events?state=delivered&after=mismatch_paid:`)).toMatchObject({
      body: {
        events: expect.arrayContaining([
          expect.objectContaining({
            id: `mismatch_paid:${imp_uid}`,
            type: 'payment.exception',
            merchant_uid: null,
            sequence: null,
          }),
        ]),
      },
    })
  })

  it('T20: tells what came of giving money back by policy', async () => {
    const shop = openShop()
    await shop.order('E-told', { stray: 'refund' })
    await shop.report('E-told', await shop.pay('E-told'))
    const second = await shop.payAgain('E-told')
    await shop.report('E-told', second)
    for (let minute = 0; minute < 3; minute++) await shop.sweep()
    expect(shop.told('E-told')).toEqual([
      {
        id: `duplicate_paid:${second}:given_back`,
        type: 'payment.exception',
        timestamp: instant,
        data: { exception: (await shop.all('E-told'))[0], mode: 'test' },
      },
    ])
  })

  it('T21: says that a person is needed, and one call gives the money of an account back', async () => {
    const shop = openShop()
    await shop.order('E-person', { stray: 'refund' })
    await shop.report('E-person', await shop.pay('E-person'))
    const second = await shop.payAgain('E-person', { pay_method: 'vbank' })
    await shop.report('E-person', second)
    for (let minute = 0; minute < 3; minute++) await shop.sweep()
    const id = `duplicate_paid:${second}`
    const waiting = {
      id,
      pay_method: 'vbank',
      amount,
      outcome: 'refund_account_missing',
      closed_at: null,
    }
    expect(await shop.all('E-person')).toMatchObject([waiting])
    expect(shop.told('E-person')).toMatchObject([
      { id: `${id}:refund_account_missing`, data: { exception: waiting } },
    ])

    const refund = { holder: '홍길동', bank: '004', account: '123-456' }
    const give = (body: unknown) => shop.post(`/exceptions/${id}/refund`, body)
    expect(await give({})).toMatchObject({ status: 422, body: { error: 'refund_account_missing' } })
    const given = { status: 200, body: { id, outcome: 'given_back', closed_at: instant } }
    expect(await give({ refund, reason: '중복 입금' })).toMatchObject(given)
    expect(await give({ refund })).toMatchObject(given)
    expect(await shop.refunds(second)).toEqual([amount])
    expect(await shop.send('/orders/E-person')).toMatchObject({
      body: { status: 'paid', cancelled_amount: 0 },
    })
    expect(await shop.send('/orders/E-person/cancels')).toMatchObject({
      body: { cancels: [{ imp_uid: second, amount, state: 'confirmed' }] },
    })
  })
})

describe('POST /exceptions/{id}/refund', () => {
  const strayOf = async (shop: ReturnType<typeof openShop>, id: string) => {
    await shop.order(id)
    await shop.report(id, await shop.pay(id))
    const impUid = await shop.payAgain(id)
    await shop.report(id, impUid)
    return impUid
  }
  const give = (shop: ReturnType<typeof openShop>, impUid: string) =>
    shop.post(`/exceptions/duplicate_paid:${impUid}/refund`, {})

  it('gives reported money back, once, however often it is asked', async () => {
    const shop = openShop()
    const impUid = await strayOf(shop, 'F-once')
    const answers = await Promise.all([give(shop, impUid), give(shop, impUid)])
    expect(answers.map(({ status }) => status).sort()).toContain(200)
    expect(await give(shop, impUid)).toMatchObject({ status: 200, body: { outcome: 'given_back' } })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it("passes the provider's own words of a refusal on, and the exception stays open", async () => {
    const shop = openShop()
    const impUid = await strayOf(shop, 'F-refused')
    await shop.control('/faults', { fault: 'pg_refused', path: '/payments/cancel' })
    expect(await give(shop, impUid)).toEqual({
      status: 409,
      body: {
        error: 'cancel_refused',
        message: 'Cannot cancel: the provider refused: PG사 오류입니다.',
      },
    })
    expect(await shop.all('F-refused')).toMatchObject([{ closed_at: null }])
    expect(await give(shop, impUid)).toMatchObject({ status: 200 })
  })

  it('T15: asks for nothing twice while it is unknown whether the first took place', async () => {
    const shop = openShop()
    const impUid = await strayOf(shop, 'F-unknown')
    await shop.control('/faults', { fault: 'gateway_timeout', path: '/payments/cancel', times: 2 })
    const unknown = { status: 503, body: { error: 'outcome_unknown' } }
    expect(await give(shop, impUid)).toMatchObject(unknown)
    expect(await give(shop, impUid)).toMatchObject(unknown)
    expect(await shop.refunds(impUid)).toEqual([])
    for (let minute = 0; minute < 15; minute++) await shop.sweep()
    expect(await give(shop, impUid)).toMatchObject({ status: 200, body: { outcome: 'given_back' } })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it('T15: believes the record where the answers were lost', async () => {
    const shop = openShop()
    const impUid = await strayOf(shop, 'F-lost')
    await shop.control('/faults', { fault: 'reset_after', path: '/payments/cancel', times: 2 })
    expect(await give(shop, impUid)).toMatchObject({ status: 200, body: { outcome: 'given_back' } })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it('gives money back that belongs to no order of ours', async () => {
    const shop = openShop()
    const impUid = await shop.payAgain('F-strange')
    const provider = createClient({
      key: 'simulator-key',
      secret: 'simulator-secret',
      fetch: shop.simulator.fetch,
    })
    const record = parsePayment(
      unwrap(await provider.call(payments.get, { imp_uid: impUid, include_sandbox: true })),
    )
    if (!record.ok) throw new TypeError(record.failure.field)
    await createExceptions(env.DB, () => new Date()).add('order_unknown', record.value)
    const path = `/exceptions/order_unknown:${impUid}/refund`
    expect(await shop.post(path, {})).toMatchObject({
      status: 200,
      body: { outcome: 'given_back' },
    })
    expect(await shop.refunds(impUid)).toEqual([amount])
  })

  it('knows no exception that never was, and nothing of a payment that is not there', async () => {
    const shop = openShop()
    expect(await give(shop, 'imp_0')).toMatchObject({
      status: 404,
      body: { error: 'exception_unknown' },
    })
    const impUid = await strayOf(shop, 'F-gone')
    await shop.control('/faults', { fault: 'not_found', path: '/payments/{imp_uid}' })
    expect(await give(shop, impUid)).toMatchObject({ status: 409, body: { error: 'nothing_left' } })
  })
})

describe('GET /orders/{merchant_uid}/cancels', () => {
  const paid = async (shop: ReturnType<typeof openShop>, id: string) => {
    await shop.order(id)
    await shop.report(id, await shop.pay(id))
  }
  const states = async (shop: ReturnType<typeof openShop>, id: string) => {
    const { body } = await shop.send(`/orders/${id}/cancels`)
    const list: unknown = body['cancels']
    return Array.isArray(list) ? list.map(({ state, detail }) => ({ state, detail })) : []
  }

  it('T15: shows a cancel nobody can tell of as unknown, and then what the record says', async () => {
    const shop = openShop()
    await paid(shop, 'X-lost')
    await shop.control('/faults', { fault: 'reset_after', path: '*', times: 6 })
    expect(await shop.post('/orders/X-lost/cancel', { amount: 900 })).toMatchObject({
      status: 503,
      body: { error: 'outcome_unknown' },
    })
    expect(await states(shop, 'X-lost')).toEqual([{ state: 'unknown', detail: null }])
    await shop.control('/faults', {}, 'DELETE')
    await shop.sweep()
    expect(await states(shop, 'X-lost')).toEqual([{ state: 'confirmed', detail: null }])
    expect(await shop.send('/orders/X-lost')).toMatchObject({ body: { cancelled_amount: 900 } })
  })

  it('T15: does not ask a second time while it is unknown whether the first took place', async () => {
    const shop = openShop()
    await paid(shop, 'X-once')
    await shop.control('/faults', { fault: 'gateway_timeout', path: '/payments/cancel', times: 2 })
    const cancel = () => shop.post('/orders/X-once/cancel', { amount: 900 })
    expect(await cancel()).toMatchObject({ status: 503, body: { error: 'outcome_unknown' } })
    expect(await cancel()).toMatchObject({ status: 503, body: { error: 'outcome_unknown' } })
    expect(await shop.send('/orders/X-once')).toMatchObject({ body: { cancelled_amount: 0 } })
    for (let minute = 0; minute < 15; minute++) await shop.sweep()
    expect(await states(shop, 'X-once')).toEqual([
      { state: 'refused', detail: 'it did not take place' },
    ])
    expect(await cancel()).toMatchObject({ status: 200, body: { cancelled_amount: 900 } })
    expect(await states(shop, 'X-once')).toEqual([{ state: 'confirmed', detail: null }])
  })

  it("keeps the provider's words of a refusal", async () => {
    const shop = openShop()
    await paid(shop, 'X-refused')
    await shop.control('/faults', { fault: 'pg_refused', path: '/payments/cancel' })
    await shop.post('/orders/X-refused/cancel', {})
    expect(await states(shop, 'X-refused')).toEqual([
      { state: 'refused', detail: 'PG사 오류입니다.' },
    ])
  })
})
