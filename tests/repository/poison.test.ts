import type { Message, MessageBatch } from '@cloudflare/workers-types'
import { createD1Store } from '@quayside/sql/d1'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { consume } from '../../apps/worker/src/queue.ts'
import { backoffMs } from '../../packages/server/src/delivery/backoff.ts'
import { createDelivery } from '../../packages/server/src/delivery/deliver.ts'
import { createSend } from '../../packages/server/src/delivery/send.ts'
import { immediateSleep } from '../../packages/server/test/timers.ts'
import { createD1 } from '../simulation/worker/bindings/d1.ts'
import { readMigrations, Sqlite } from '../simulation/worker/bindings/sqlite.ts'

const messages = 10_000
/** One message in a hundred is poisoned, with each of these kinds in turn. */
const kinds = ['no_id', 'no_object', 'unknown_event', 'refused'] as const
const isBad = (index: number) => index % 100 === 7
const kindOf = (index: number) => (isBad(index) ? kinds[Math.floor(index / 100) % 4] : undefined)
const idOf = (index: number) => `${kindOf(index) === 'refused' ? 'BAD' : 'GOOD'}-${index}:1`

function bodyOf(index: number): unknown {
  switch (kindOf(index)) {
    case 'no_id':
      return { event: 'paid' }
    case 'no_object':
      return 'poison'
    case 'unknown_event':
      return { id: `NEVER-${index}:1` }
    case 'refused':
    case undefined:
      return { id: idOf(index) }
  }
}

const indexes = Array.from({ length: messages }, (_, index) => index)
const good = indexes.filter((index) => !isBad(index)).map(idOf)
const refused = indexes.filter((index) => kindOf(index) === 'refused').map(idOf)
const secret = `whsec_${btoa('the secret of the receiver here!')}`

/** Delivery on a real SQLite with the real migrations, to a receiver that always refuses some events. */
function createFixture() {
  const clock = { ms: Date.now() }
  const now = () => new Date(clock.ms)
  const sqlite = new Sqlite(readMigrations(), (text) => text)
  const run = async (text: string, ...params: readonly unknown[]) =>
    sqlite.batch([{ text, params }])[0]?.rows[0]
  const db = createD1(async (calls) => sqlite.batch(calls))
  const { outbox } = createD1Store(db, { now })
  const arrived: string[] = []
  const receiver = { isUp: false, arrived }
  const webhook = new Webhook(secret)
  const lines: string[] = []
  const send = createSend({
    url: 'https://shop.example/events',
    secrets: [secret],
    mode: 'test',
    timeoutMs: 10_000,
    now,
    sleep: immediateSleep,
    fetch: async (request) => {
      const id = request.headers.get('webhook-id') ?? ''
      const body = await request.text()
      const signature = webhook.sign(id, now(), body)
      if (request.headers.get('webhook-signature') !== signature)
        return new Response(null, { status: 401 })
      arrived.push(id)
      const isRefused = id.startsWith('BAD') && !receiver.isUp
      return new Response(null, { status: isRefused ? 500 : 204 })
    },
  })
  const delivery = createDelivery({
    outbox,
    send,
    now,
    log: (event) => lines.push(event),
    connections: 6,
  })
  return {
    clock,
    run,
    outbox,
    receiver,
    lines,
    delivery,
    log: (event: string) => lines.push(event),
  }
}

/** A batch as the queue delivers it; records the result of each message. */
function toBatch(bodies: readonly unknown[], results: string[]): MessageBatch {
  const toMessage = (body: unknown, index: number): Message => ({
    id: `m${index}`,
    timestamp: new Date(0),
    attempts: 1,
    body,
    ack: () => results.push('ack'),
    retry: () => results.push('retry'),
  })
  return {
    queue: 'quayside-events',
    messages: bodies.map(toMessage),
    metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    ackAll: () => undefined,
    retryAll: () => undefined,
  }
}

describe(`${messages} messages, one in a hundred of them poisoned`, () => {
  const fixture = createFixture()
  const count = async (condition: string) =>
    (await fixture.run(`SELECT count(*) AS n FROM outbox WHERE ${condition}`))?.['n']

  it('T53: every other message arrives, once', async () => {
    await fixture.run(
      `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
       SELECT value, value, 1, 'paid', '{"status":"paid"}', ?2, ?2, 0 FROM json_each(?1)`,
      JSON.stringify([...good, ...refused]),
      fixture.clock.ms,
    )
    const results: string[] = []
    for (let first = 0; first < messages; first += 100) {
      const server = { delivery: fixture.delivery, chargeDue: async () => undefined }
      const bodies = indexes.slice(first, first + 100).map(bodyOf)
      await consume(toBatch(bodies, results), server, fixture.log)
    }
    const arrived = fixture.receiver.arrived.filter((id) => id.startsWith('GOOD'))
    expect(arrived.toSorted()).toEqual(good.toSorted())
    expect({
      delivered: await count('delivered_at IS NOT NULL'),
      waiting: await count('due_at IS NOT NULL'),
      unreadable: fixture.lines.filter((line) => line === 'message_unreadable').length,
      acknowledged: results.filter((each) => each === 'ack').length,
      retried: results.filter((each) => each === 'retry').length,
    }).toEqual({
      delivered: 9_900,
      waiting: 25,
      unreadable: 50,
      acknowledged: 9_975,
      retried: 25,
    })
  })

  it('T53: what is always refused fails permanently, and arrives when it is replayed', async () => {
    for (const waitMs of [...backoffMs, 0]) {
      fixture.clock.ms += waitMs
      await fixture.delivery.sweep()
    }
    expect(await count('due_at IS NULL AND delivered_at IS NULL')).toBe(refused.length)
    expect(fixture.lines.filter((line) => line === 'event_failed_permanently')).toHaveLength(25)

    fixture.receiver.isUp = true
    for (const id of refused) {
      await fixture.outbox.replay(id)
      await fixture.delivery.deliver(id)
    }
    expect(await count('delivered_at IS NOT NULL')).toBe(9_925)
  })
})
