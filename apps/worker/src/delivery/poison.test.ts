import { createMessageBatch } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { clear, createPost } from '../../test/receiver.ts'
import { backoffMs } from './backoff.ts'
import { consume } from './consume.ts'

const messages = 10_000
/** One message in a hundred is poison, of one of these kinds in turn. */
const kinds = ['no_id', 'no_object', 'unknown_event', 'refused'] as const
const isBad = (index: number) => index % 100 === 7
const kindOf = (index: number) => (isBad(index) ? kinds[Math.floor(index / 100) % 4] : undefined)
const idOf = (index: number) => `${kindOf(index) === 'refused' ? 'BAD' : 'GOOD'}-${index}:1`

function bodyOf(index: number): unknown {
  const kind = kindOf(index)
  switch (kind) {
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
const known = indexes.filter((index) => !isBad(index) || kindOf(index) === 'refused')
const good = known.filter((index) => !isBad(index)).map(idOf)
const refused = known.filter(isBad).map(idOf)

async function putAll(ids: readonly string[], at: Date): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
     SELECT value, value, 1, 'paid', '{"status":"paid"}', ?2, ?2, 0 FROM json_each(?1)`,
  )
    .bind(JSON.stringify(ids), at.getTime())
    .run()
}

const count = async (condition: string) =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM outbox WHERE ${condition}`).first())?.['n']

describe(`${messages} messages of which one in a hundred is poison`, { timeout: 300_000 }, () => {
  const world = { isUp: false }
  const post = createPost({
    answer: ({ id }) =>
      new Response(null, { status: id.startsWith('BAD') && !world.isUp ? 500 : 204 }),
  })

  beforeAll(async () => {
    await clear()
    await putAll([...good, ...refused], post.clock.now())
  })

  it('T53: each of the others arrives, once, whatever stands beside it', async () => {
    for (let first = 0; first < messages; first += 100) {
      const batch = indexes.slice(first, first + 100).map((index) => ({
        id: `m${index}`,
        timestamp: post.clock.now(),
        attempts: 1,
        body: bodyOf(index),
      }))
      const handed = createMessageBatch('quayside-events', batch)
      await consume(handed, post.delivery, (event) => post.lines.push(event))
    }
    const arrived = post.receiver.arrivals.map(({ id }) => id)
    expect(arrived.filter((id) => id.startsWith('GOOD')).sort()).toEqual(good.toSorted())
    expect({
      delivered: await count('delivered_at IS NOT NULL'),
      waiting: await count('due_at IS NOT NULL'),
      unreadable: post.lines.filter((line) => line === 'message_unreadable').length,
    }).toEqual({ delivered: 9_900, waiting: 25, unreadable: 50 })
  })

  it('T53: what is refused for ever ends among the dead, and arrives when it is replayed', async () => {
    for (const waitMs of [...backoffMs, 0]) {
      post.clock.forward(waitMs)
      await post.delivery.sweep()
    }
    expect([await count('due_at IS NULL AND delivered_at IS NULL'), refused.length]).toEqual([
      25, 25,
    ])
    expect(post.lines.filter((line) => line === 'event_dead')).toHaveLength(25)

    world.isUp = true
    for (const id of refused) {
      await post.outbox.replay(id)
      await post.delivery.deliver(id)
    }
    expect(await count('delivered_at IS NOT NULL')).toBe(9_925)
  })
})
