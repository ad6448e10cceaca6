import { createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createClock } from '@quayside/simulator'
import { beforeEach, describe, expect, it } from 'vitest'
import { orderEvent } from '../../../../packages/server/src/events/schemas.ts'
import { eventPage } from '../../../../packages/server/src/http/schemas/responses/events.ts'
import { everyMinute } from '../../../../packages/server/src/jobs/schedule/cron.ts'
import { clearOutbox, createReceiver } from '../fixtures/event-receiver.ts'
import { createShop, key } from '../fixtures/merchant.ts'
import { clearCursors } from '../fixtures/recovery.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A whole worker, its provider and its shop on one clock. No browser, phone or webhook sends a message. */
function createFixture(respond?: () => Response) {
  const clock = createClock({ at: new Date('2026-11-22T03:00:00Z') })
  const receiver = createReceiver(respond)
  const queued: { readonly id: string }[] = []
  const background: Promise<unknown>[] = []
  const send = async (message: { readonly id: string }) => {
    queued.push(message)
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
  }
  const options = {
    receive: receiver.fetch,
    now: () => clock.now(),
    clock,
    queue: { send },
    works: background,
  }
  const shop = createShop({}, env.DB, options)
  return {
    shop,
    clock,
    receiver,
    cron: async (afterMs = minuteMs) => {
      await clock.advance(afterMs)
      await shop.runCron(everyMinute)
    },
    /** The queue delivers its messages. */
    flush: async () => {
      await Promise.all(background.splice(0))
      const messages = queued.splice(0).map((body, index) => ({
        id: `m${index}`,
        timestamp: clock.now(),
        attempts: 1,
        body,
      }))
      await shop.consume(createMessageBatch('quayside-events', messages))
    },
    order: (merchant_uid: string) =>
      shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW' }),
    /** Makes a payment at the provider and returns its `imp_uid`. */
    pay: async (merchant_uid: string, fields: Readonly<Record<string, unknown>> = {}) => {
      const payment = { merchant_uid, amount: 64_900, currency: 'KRW', ...fields }
      const response = await shop.control('/payments', payment)
      const { imp_uid }: { imp_uid: string } = await response.json()
      return imp_uid
    },
    /** How many events each order had with a status. */
    eventCounts: (type: string) => {
      const counts = new Map<string, number>()
      for (const { body } of receiver.arrivals) {
        const event = orderEvent.parse(JSON.parse(body))
        if (event.type !== type) continue
        const { merchant_uid: id } = event.data
        counts.set(id, (counts.get(id) ?? 0) + 1)
      }
      return counts
    },
  }
}

beforeEach(async () => {
  await clearOutbox()
  await clearCursors()
})

describe('a day without any message, and a provider that does not respond', () => {
  const ids = (kind: string, count: number) =>
    Array.from({ length: count }, (_, index) => `DAY-${kind}-${index}`)
  const cards = ids('card', 80)
  const accounts = ids('vbank', 60)
  const retried = ids('retried', 40)
  const unpaid = ids('unpaid', 20)

  it('T19: three sweeps later the shop has one event of each paid order, and of no other', async () => {
    const fixture = createFixture()
    for (const id of [...cards, ...accounts, ...retried, ...unpaid]) await fixture.order(id)
    const dueAt = Math.floor((fixture.clock.now().getTime() + 3 * dayMs) / 1_000)
    const account = { status: 'ready', pay_method: 'vbank', vbank_date: dueAt }
    const issued = new Map<string, string>()
    for (const id of accounts) issued.set(id, await fixture.pay(id, account))
    // Half of the accounts were known before the messages stopped.
    await fixture.cron()
    await fixture.shop.control('/faults', { fault: 'bad_gateway_html', path: '*', times: 'always' })
    for (const id of retried) await fixture.pay(id, { status: 'failed' })
    for (const id of unpaid) await fixture.pay(id, { status: 'failed' })
    for (let hour = 0; hour < 24; hour++) {
      await fixture.cron(hourMs)
      const share = <Item>(all: readonly Item[]) => all.filter((_, at) => at % 24 === hour)
      for (const id of share(cards)) await fixture.pay(id)
      for (const id of share(retried)) await fixture.pay(id)
      for (const impUid of share([...issued.values()])) {
        await fixture.shop.control(`/payments/${impUid}/deposit`)
      }
    }
    await fixture.flush()
    expect(fixture.eventCounts('order.paid').size).toBe(0)

    await fixture.shop.control('/faults', {}, 'DELETE')
    // About 280 changes, of which one run on a paid plan records 150.
    for (let sweep = 0; sweep < 3; sweep++) {
      await fixture.cron()
      await fixture.flush()
    }
    const paid = fixture.eventCounts('order.paid')
    expect([...paid.keys()].sort()).toEqual([...cards, ...accounts, ...retried].sort())
    expect([...paid.values()].every((count) => count === 1)).toBe(true)
  })
})

describe('a receiver that responds 500', () => {
  const paidOrder = async (fixture: ReturnType<typeof createFixture>, id: string) => {
    await fixture.order(id)
    await fixture.pay(id)
    await fixture.cron()
    await fixture.flush()
  }
  /** The events of one order in a state: events of other tests remain in the database. */
  const events = async ({ shop }: ReturnType<typeof createFixture>, state: string, id: string) =>
    eventPage
      .parse((await shop.send(`/events?state=${state}`)).body)
      .events.filter((event) => event.merchant_uid === id)
  const wait = async (fixture: ReturnType<typeof createFixture>, days: number) => {
    for (let quarter = 0; quarter < days * 4; quarter++) await fixture.cron(6 * hourMs)
  }

  it('T53: for three days: gets its event when it is back, without a request', async () => {
    let isUp = false
    const fixture = createFixture(() => new Response(null, { status: isUp ? 204 : 500 }))
    await paidOrder(fixture, 'THREE-DAYS')
    await wait(fixture, 3)
    expect(await events(fixture, 'pending', 'THREE-DAYS')).toMatchObject([
      { id: 'THREE-DAYS:1', failure: 'receiver_refused: 500' },
    ])
    isUp = true
    await wait(fixture, 1)
    expect(await events(fixture, 'delivered', 'THREE-DAYS')).toMatchObject([
      { id: 'THREE-DAYS:1', failure: null },
    ])
    const bodies = fixture.receiver.arrivals.filter(({ id }) => id === 'THREE-DAYS:1')
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(1)
  })

  it('T53: for ten days: finds its event among those that failed permanently, with the command that sends it at once', async () => {
    let isUp = false
    const fixture = createFixture(() => new Response(null, { status: isUp ? 204 : 500 }))
    await paidOrder(fixture, 'TEN-DAYS')
    await wait(fixture, 10)
    isUp = true
    await fixture.cron()
    const [event] = await events(fixture, 'failed_permanently', 'TEN-DAYS')
    expect(event).toMatchObject({ id: 'TEN-DAYS:1', tries: 13, failure: 'receiver_refused: 500' })
    // The log line has the path as well.
    const line = fixture.shop.lines.find((each) => each.includes('"id":"TEN-DAYS:1","tries":13'))
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      event: 'event_failed_permanently',
      replay: 'POST /events/TEN-DAYS%3A1/replay',
    })

    const [, address = ''] = /"([^"]+)"/.exec(event?.replay ?? '') ?? []
    const headers = { authorization: `Bearer ${key}` }
    const before = fixture.receiver.arrivals.length
    expect((await fixture.shop.app.request(address, { method: 'POST', headers })).status).toBe(202)
    await fixture.flush()
    expect(fixture.receiver.arrivals.slice(before).map(({ id }) => id)).toEqual(['TEN-DAYS:1'])
    expect(await events(fixture, 'failed_permanently', 'TEN-DAYS')).toEqual([])
  })
})
