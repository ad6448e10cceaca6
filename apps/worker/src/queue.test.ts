import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Message, MessageBatch, QueueRetryOptions } from '@cloudflare/workers-types'
import { beforeEach, describe, expect, it } from 'vitest'
import { clear, createPost, put, readRow } from '../test/fixtures/event-receiver.ts'
import { createFaulty } from '../test/fixtures/faulty-database.ts'
import { consume } from './queue.ts'

type Post = ReturnType<typeof createPost>

const refuse = () => new Response(null, { status: 500 })

/** Hands messages to the consumer as the queue does, and gives what it answered for each. */
async function hand(post: Post, bodies: readonly unknown[]) {
  const messages = bodies.map((body, i) => ({
    id: `m${i}`,
    timestamp: post.clock.now(),
    attempts: 1,
    body,
  }))
  const batch = createMessageBatch('quayside-events', messages)
  const context = createExecutionContext()
  const delays: unknown[] = []
  await consume(noteDelays(batch, delays), post.delivery, (event) => post.lines.push(event))
  const { explicitAcks, retryMessages } = await getQueueResult(batch, context)
  const retried = retryMessages.map(({ msgId }, i) => `${msgId} after ${String(delays[i])} s`)
  return { acked: explicitAcks.toSorted(), retried }
}

/** The runtime of the tests does not tell after how long a message was to come again. */
function noteDelays(batch: MessageBatch, delays: unknown[]): MessageBatch {
  const watch = (message: Message) =>
    proxy(message, 'retry', (options?: QueueRetryOptions) => {
      delays.push(options?.delaySeconds)
      message.retry(options)
    })
  return proxy(batch, 'messages', batch.messages.map(watch))
}

function proxy<Target extends object>(target: Target, name: string, value: unknown): Target {
  return new Proxy(target, {
    get(of, key) {
      if (key === name) return value
      const own: unknown = Reflect.get(of, key, of)
      return typeof own === 'function' ? own.bind(of) : own
    },
  })
}

beforeEach(clear)

describe('consume()', () => {
  it('sends what the messages name and acknowledges each', async () => {
    const post = createPost()
    await put('Q-1:1', post.clock.now())
    await put('Q-2:1', post.clock.now())
    expect(await hand(post, [{ id: 'Q-1:1' }, { id: 'Q-2:1' }])).toEqual({
      acked: ['m0', 'm1'],
      retried: [],
    })
    expect(post.receiver.arrivals.map(({ id }) => id).toSorted()).toEqual(['Q-1:1', 'Q-2:1'])
  })

  it('T17: sends an event once, however often and in whatever order the queue names it', async () => {
    let seed = 1
    const chance = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 40; round++) {
      const post = createPost()
      const ids = [1, 2, 3, 4, 5, 6].map((i) => `R-${round}:${i}`)
      await Promise.all(ids.map((id) => put(id, post.clock.now())))
      const deck = ids
        .flatMap((id) => Array.from({ length: 1 + chance(5) }, () => ({ id, at: chance(1_000) })))
        .toSorted((a, b) => a.at - b.at)
        .map(({ id }) => ({ id }))
      while (deck.length > 0) {
        const batches = [deck.splice(0, 1 + chance(6)), deck.splice(0, chance(4))]
        await Promise.all(batches.map((batch) => hand(post, batch)))
      }
      expect(post.receiver.arrivals.map(({ id }) => id).toSorted()).toEqual(ids)
    }
  }, 60_000)

  it('T53: a message that fails, or cannot be read, holds none of the others up', async () => {
    const post = createPost({ answer: ({ id }) => (id === 'BAD:1' ? refuse() : new Response('')) })
    await put('BAD:1', post.clock.now())
    await put('GOOD:1', post.clock.now())
    const poison = [null, 'text', {}, { id: 7 }, { id: 'NEVER:1' }]
    expect(await hand(post, [...poison, { id: 'BAD:1' }, { id: 'GOOD:1' }])).toEqual({
      acked: ['m0', 'm1', 'm2', 'm3', 'm4', 'm6'],
      retried: ['m5 after 5 s'],
    })
    expect(post.lines.toSorted()).toEqual([
      'event_not_delivered',
      ...Array.from({ length: 4 }, () => 'message_unreadable'),
    ])
    expect(await readRow('GOOD:1')).toMatchObject({ due_at: null, failure: null })
  })

  it('T23: reads a message of a newer deployment by the name it knows', async () => {
    const post = createPost()
    await put('NEW:1', post.clock.now())
    await hand(post, [{ v: 2, id: 'NEW:1', kind: 'paid' }])
    expect(post.receiver.arrivals.map(({ id }) => id)).toEqual(['NEW:1'])
  })

  it('asks for the first tries again and leaves the rest to the sweep', async () => {
    const post = createPost({ answer: refuse })
    await put('TRY:1', post.clock.now())
    const delays: unknown[] = []
    for (const forwardMs of [5_000, 30_000, 120_000, 600_000]) {
      const { acked, retried } = await hand(post, [{ id: 'TRY:1' }])
      delays.push(acked.length === 1 ? 'acked' : retried[0])
      post.clock.forward(forwardMs)
    }
    expect(delays).toEqual(['m0 after 5 s', 'm0 after 30 s', 'm0 after 120 s', 'acked'])
  })

  it('asks again when the store is away', async () => {
    const post = createPost({ db: createFaulty(env.DB, ['before']) })
    expect(await hand(post, [{ id: 'AWAY:1' }])).toEqual({
      acked: [],
      retried: ['m0 after 30 s'],
    })
  })
})
