import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  eventPage,
  eventResponse,
} from '../../../../packages/server/src/http/schemas/responses/events.ts'
import { clearOutbox, insertEvent } from '../fixtures/event-receiver.ts'
import { createFaulty } from '../fixtures/faulty-database.ts'
import { createShop, key, now, problem } from '../fixtures/merchant.ts'

const pending = (id: string) => ({
  id,
  type: 'order.paid',
  merchant_uid: id.split(':')[0],
  sequence: 1,
  state: 'pending',
  tries: 0,
  failure: null,
  due_at: now.toISOString(),
  delivered_at: null,
  created_at: now.toISOString(),
  replay: `curl -X POST "/events/${encodeURIComponent(id)}/replay" -H "Authorization: Bearer $MERCHANT_API_KEY"`,
})
const failPermanently = (id: string) =>
  env.DB.prepare(
    "UPDATE outbox SET due_at = NULL, tries = 13, failure = 'receiver_refused: 500' WHERE id = ?1",
  )
    .bind(id)
    .run()
const deliver = (id: string) =>
  env.DB.prepare('UPDATE outbox SET due_at = NULL, tries = 1, delivered_at = ?2 WHERE id = ?1')
    .bind(id, now.getTime())
    .run()

beforeEach(clearOutbox)

describe('GET /events', () => {
  it('lists events by state', async () => {
    const { send } = createShop()
    for (const id of ['A:1', 'B:1', 'C:1']) await insertEvent(id, now)
    await deliver('B:1')
    await failPermanently('C:1')
    const list = async (state: string) => (await send(`/events?state=${state}`)).body
    const delivered_at = now.toISOString()
    expect(await list('pending')).toEqual({ events: [pending('A:1')], next: null })
    expect(await list('delivered')).toEqual({
      events: [{ ...pending('B:1'), state: 'delivered', tries: 1, due_at: null, delivered_at }],
      next: null,
    })
    const failed = await list('failed_permanently')
    expect(failed).toEqual({
      events: [
        {
          ...pending('C:1'),
          state: 'failed_permanently',
          tries: 13,
          failure: 'receiver_refused: 500',
          due_at: null,
        },
      ],
      next: null,
    })
    expect(eventPage.safeParse(failed).success).toBe(true)
  })

  for (const state of ['pending', 'delivered', 'failed_permanently']) {
    it(`returns the ${state} ones in pages, each once`, async () => {
      const { send } = createShop()
      const ids = Array.from({ length: 7 }, (_, i) => `P-${i}:1`)
      for (const id of ids) {
        await insertEvent(id, now)
        if (state === 'delivered') await deliver(id)
        if (state === 'failed_permanently') await failPermanently(id)
      }
      const seen: unknown[] = []
      let after = ''
      for (let page = 0; page < 5; page++) {
        const { body } = await send(
          `/events?state=${state}&limit=3&after=${encodeURIComponent(after)}`,
        )
        const { events, next } = eventPage.parse(body)
        seen.push(...events.map(({ id }) => id))
        if (next === null) break
        after = next
      }
      expect(seen).toEqual(ids)
    })
  }

  const invalid: readonly (readonly [string, string])[] = [
    ['', 'state: pending, delivered, failed_permanently'],
    ['?state=lost', 'state: pending, delivered, failed_permanently'],
    ['?state=failed_permanently&limit=0', 'limit'],
    ['?state=failed_permanently&limit=101', 'limit'],
    ['?state=failed_permanently&limit=ten', 'limit'],
    [`?state=failed_permanently&after=${'x'.repeat(121)}`, 'after'],
    ['?state=failed_permanently&order=ORD-1', 'order'],
  ]
  for (const [query, field] of invalid) {
    it(`refuses ${query === '' ? 'no state' : query.slice(0, 40)}`, async () => {
      const { send } = createShop()
      expect(await send(`/events${query}`)).toEqual(
        problem(400, 'request_invalid', 'A field is missing, unknown or malformed', field),
      )
    })
  }

  it('T33: an id that looks like SQL is only an id', async () => {
    const { send } = createShop()
    const after = encodeURIComponent("'; DROP TABLE outbox;--")
    expect(await send(`/events?state=failed_permanently&after=${after}`)).toEqual({
      status: 200,
      body: { events: [], next: null },
    })
  })
})

describe('POST /events/{id}/replay', () => {
  it('makes an event that failed permanently due again', async () => {
    const { send } = createShop()
    await insertEvent('FAILED~1:1', now)
    await failPermanently('FAILED~1:1')
    const response = await send('/events/FAILED~1:1/replay', { method: 'POST' })
    expect(response).toEqual({ status: 202, body: pending('FAILED~1:1') })
    expect(eventResponse.safeParse(response.body).success).toBe(true)
    expect((await send('/events/FAILED~1%3A1/replay', { method: 'POST' })).status).toBe(202)
  })

  it('T53: the command of an event that failed permanently sends it again at once, and does nothing else', async () => {
    const id = 'FAILED/"$(rm)` 주문:1'
    const sent: unknown[] = []
    const background: Promise<unknown>[] = []
    const queue = {
      send: async (message: unknown) => {
        sent.push(message)
        return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
      },
    }
    const settings = { PUBLIC_URL: 'https://pay.example' }
    const { app, send } = createShop(settings, undefined, { queue, background })
    await insertEvent(id, now)
    await failPermanently(id)
    const { events } = eventPage.parse((await send('/events?state=failed_permanently')).body)
    const [, method, address = '', header = ''] =
      /^curl -X (\S+) "([^"$` ]+)" -H "([^"]+)"$/.exec(events[0]?.replay ?? '') ?? []
    const [name = '', value = ''] = header.replace('$MERCHANT_API_KEY', key).split(': ')
    const response = await app.request(address, {
      method: method ?? '',
      headers: { [name]: value },
    })
    expect(response.status).toBe(202)
    await Promise.all(background)
    expect([sent, new URL(address).origin]).toEqual([[{ id }], settings.PUBLIC_URL])
  })

  it('T75: the command names the configured address or none, never that of the request', async () => {
    await insertEvent('HOST:1', now)
    const commandOf = async (settings: Readonly<Record<string, string>>) => {
      const { app } = createShop(settings)
      const response = await app.request('https://evil.example/events?state=pending', {
        headers: { authorization: `Bearer ${key}`, host: 'evil.example' },
      })
      return eventPage.parse(await response.json()).events[0]?.replay
    }
    const command = (address: string) =>
      `curl -X POST "${address}/events/HOST%3A1/replay" -H "Authorization: Bearer $MERCHANT_API_KEY"`
    expect([await commandOf({}), await commandOf({ PUBLIC_URL: 'https://pay.example' })]).toEqual([
      command(''),
      command('https://pay.example'),
    ])
  })

  it('is 404 for an unknown event', async () => {
    const { send } = createShop()
    expect(await send('/events/NEVER:1/replay', { method: 'POST' })).toEqual(
      problem(404, 'event_unknown', 'Event not found'),
    )
  })
})

describe('the events of the merchant API', () => {
  for (const [method, path] of [
    ['GET', '/events?state=failed_permanently'],
    ['POST', '/events/A:1/replay'],
  ] as const) {
    it(`refuses ${method} ${path} without the key`, async () => {
      const { send } = createShop()
      const headers = { authorization: 'Bearer not-the-key-of-the-merchant' }
      expect(await send(path, { method, headers })).toMatchObject({
        status: 401,
        body: { error: 'unauthorized' },
      })
    })

    it(`T15: responds 503 to ${method} ${path} when the store is unavailable`, async () => {
      const { send } = createShop({}, createFaulty(env.DB, ['before', 'before']))
      expect(await send(path, { method })).toMatchObject({
        status: 503,
        body: { error: 'store_unavailable' },
      })
    })
  }
})
