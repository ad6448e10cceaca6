import { env } from 'cloudflare:workers'
import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, it } from 'vitest'
import { orderEvent } from '../../../../packages/server/src/events/schemas.ts'
import { everyMinute } from '../../../../packages/server/src/jobs/schedule/cron.ts'
import {
  clearOutbox,
  createClock,
  createReceiver,
  readOutboxRow,
  secret,
} from '../fixtures/event-receiver.ts'
import { createShop } from '../fixtures/merchant.ts'

type Shop = ReturnType<typeof createShop>

const order = async (shop: Shop, merchant_uid: string) => {
  const { body } = await shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW' })
  return body
}

/** A shop with a receiver that records its events. */
function open() {
  const receiver = createReceiver()
  const clock = createClock()
  const shop = createShop({}, env.DB, { receive: receiver.fetch, now: clock.now })
  /** The events that arrived, by sequence. */
  const read = () =>
    receiver.arrivals
      .map(({ body }) => orderEvent.parse(JSON.parse(body)))
      .toSorted((a, b) => a.data.sequence - b.data.sequence)
  /** A payment that was looked up less than two seconds ago would come from memory. */
  const report = (merchantUid: string, impUid: string) => {
    clock.forward(5_000)
    return shop.report(merchantUid, impUid)
  }
  return { shop, receiver, read, report }
}

beforeEach(clearOutbox)

describe('events sent to the merchant', () => {
  it('T16: a change is sent by the next sweep, signed, as GET /orders shows it', async () => {
    const { shop, receiver } = open()
    await order(shop, 'E-paid')
    const impUid = await shop.pay('E-paid')
    await shop.report('E-paid', impUid)
    expect(receiver.arrivals).toEqual([])
    await shop.runCron(everyMinute)
    await shop.runCron(everyMinute)
    const { body } = await shop.send('/orders/E-paid')
    const { order_token: _token, created_at: _created, updated_at, ...row } = body
    const { tax_free: _free, vat_amount: _vat, expected_channel: _pg, ...more } = row
    const { naverProducts: _lines, ...fields } = more
    expect(receiver.arrivals.map(({ id, body: sent }) => [id, JSON.parse(sent)])).toEqual([
      ['E-paid:1', { type: 'order.paid', timestamp: updated_at, data: fields }],
    ])
    expect(await shop.send('/events?state=delivered')).toMatchObject({
      body: { events: [{ id: 'E-paid:1', type: 'order.paid', state: 'delivered', tries: 1 }] },
    })
  })

  it('passes the verification of a published library, timestamps included', async () => {
    const seen: unknown[] = []
    const webhook = new Webhook(secret)
    const receive = async (request: Request) => {
      seen.push(webhook.verify(await request.text(), Object.fromEntries(request.headers)))
      return new Response(null, { status: 204 })
    }
    const at = new Date()
    const shop = createShop({}, env.DB, { receive, now: () => at })
    await order(shop, 'E.signed')
    await shop.report('E.signed', await shop.pay('E.signed'))
    await shop.runCron(everyMinute)
    expect(seen).toMatchObject([
      { type: 'order.paid', data: { merchant_uid: 'E.signed', sequence: 1, mode: 'test' } },
    ])
    expect(await readOutboxRow('E~signed:1')).toMatchObject({ failure: null, due_at: null })
  })

  it('has one type for each change of an order, and a sequence in their order', async () => {
    const { shop, read, report } = open()
    await order(shop, 'E-steps')
    const impUid = await shop.pay('E-steps', { pay_method: 'vbank' })
    await report('E-steps', impUid)
    const second = await shop.pay('E-steps')
    await shop.control(`/payments/${impUid}/deposit`)
    await report('E-steps', impUid)
    await report('E-steps', second)
    const refund = { holder: '홍길동', bank: '004', account: '123-456' }
    await shop.post('/orders/E-steps/cancel', { amount: 900, refund })
    await shop.post('/orders/E-steps/cancel', { refund })
    await shop.runCron(everyMinute)
    const events = read()
    expect(events.map(({ type, data }) => [data.sequence, type, data.status])).toEqual([
      [1, 'order.vbank_issued', 'vbank_issued'],
      [2, 'order.paid', 'paid'],
      [3, 'order.duplicate_paid', 'paid'],
      [4, 'order.partially_cancelled', 'partially_cancelled'],
      [5, 'order.cancelled', 'cancelled'],
    ])
    expect(events[2]?.data.unmatched_payment).toEqual({
      imp_uid: second,
      amount: 64_900,
      currency: 'KRW',
      cancelled_amount: 0,
    })
    expect(events.filter(({ data }) => data.unmatched_payment !== undefined)).toHaveLength(1)
  })

  it('reports a payment of a closed order', async () => {
    const { shop, read, report } = open()
    await order(shop, 'E-late')
    const impUid = await shop.pay('E-late', { pay_method: 'vbank' })
    await report('E-late', impUid)
    await shop.control('/faults', { fault: 'pg_refused', path: '/vbanks/{imp_uid}' })
    await shop.post('/orders/E-late/cancel', {})
    await shop.control(`/payments/${impUid}/deposit`)
    await report('E-late', impUid)
    await shop.runCron(everyMinute)
    expect(read().map(({ type, data }) => [type, data.status])).toEqual([
      ['order.vbank_issued', 'vbank_issued'],
      ['order.cancelled', 'cancelled'],
      ['order.late_paid', 'cancelled'],
    ])
  })
})

describe('the queue', () => {
  it('T16: gets each change at once and sends it without a sweep', async () => {
    const shop = createShop({}, env.DB, { queue: env.EVENTS })
    await order(shop, 'E-queued')
    await shop.report('E-queued', await shop.pay('E-queued'))
    await expect
      .poll(async () => (await readOutboxRow('E-queued:1'))?.['delivered_at'])
      .not.toBe(null)
    expect(await readOutboxRow('E-queued:1')).toMatchObject({
      tries: 1,
      due_at: null,
      failure: null,
    })
  })

  it('may be unavailable: the change is stored and the sweep sends it', async () => {
    const { receiver, read } = open()
    const failingQueue = { send: () => Promise.reject(new Error('queue is away')) }
    const background: Promise<unknown>[] = []
    const shop = createShop({}, env.DB, {
      receive: receiver.fetch,
      queue: failingQueue,
      background,
    })
    await order(shop, 'E-away')
    const response = await shop.report('E-away', await shop.pay('E-away'))
    expect(response).toMatchObject({ status: 200, body: { status: 'success' } })
    await Promise.all(background)
    expect(shop.lines.filter((line) => line.includes('event_not_queued'))).toHaveLength(1)
    await shop.runCron(everyMinute)
    expect(read().map(({ type }) => type)).toEqual(['order.paid'])
  })
})

describe('a worker without its settings', () => {
  it('T47: sends nothing and logs why', async () => {
    const receiver = createReceiver()
    const shop = createShop({ EVENT_URL: '' }, env.DB, { receive: receiver.fetch })
    await shop.runCron(everyMinute)
    expect(receiver.arrivals).toEqual([])
    expect(shop.lines).toHaveLength(1)
    expect(shop.lines[0]).toContain('Missing setting: EVENT_URL')
  })
})
