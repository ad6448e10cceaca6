import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Message, MessageBatch, QueueRetryOptions } from '@cloudflare/workers-types'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  clearOutbox,
  createDeliveryFixture,
  insertEvent,
  readOutboxRow,
} from '../test/fixtures/event-receiver.ts'
import { createFaulty } from '../test/fixtures/faulty-database.ts'
import { consume } from './queue.ts'

type DeliveryFixture = ReturnType<typeof createDeliveryFixture>

const refuse = () => new Response(null, { status: 500 })

/** Passes messages to the consumer as the queue does, and returns how it acknowledged each. */
async function deliverBatch(fixture: DeliveryFixture, bodies: readonly unknown[]) {
  const messages = bodies.map((body, i) => ({
    id: `m${i}`,
    timestamp: fixture.clock.now(),
    attempts: 1,
    body,
  }))
  const batch = createMessageBatch('quayside-events', messages)
  const context = createExecutionContext()
  const delays: unknown[] = []
  const server = { delivery: fixture.delivery, chargeDue: fixture.chargeDue }
  await consume(recordDelays(batch, delays), server, (event) => fixture.lines.push(event))
  const { explicitAcks, retryMessages } = await getQueueResult(batch, context)
  const retried = retryMessages.map(({ msgId }, i) => `${msgId} after ${String(delays[i])} s`)
  return { acked: explicitAcks.toSorted(), retried }
}

/** The runtime of the tests does not show the delays of retries. */
function recordDelays(batch: MessageBatch, delays: unknown[]): MessageBatch {
  const recordDelay = (message: Message) =>
    proxy(message, 'retry', (options?: QueueRetryOptions) => {
      delays.push(options?.delaySeconds)
      message.retry(options)
    })
  return proxy(batch, 'messages', batch.messages.map(recordDelay))
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

beforeEach(clearOutbox)

describe('consume()', () => {
  it('sends the events that the messages name and acknowledges each', async () => {
    const fixture = createDeliveryFixture()
    await insertEvent('Q-1:1', fixture.clock.now())
    await insertEvent('Q-2:1', fixture.clock.now())
    expect(await deliverBatch(fixture, [{ id: 'Q-1:1' }, { id: 'Q-2:1' }])).toEqual({
      acked: ['m0', 'm1'],
      retried: [],
    })
    expect(fixture.receiver.arrivals.map(({ id }) => id).toSorted()).toEqual(['Q-1:1', 'Q-2:1'])
  })

  it('T17: sends an event once, however often and in whatever order the queue names it', async () => {
    let seed = 1
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 40; round++) {
      const fixture = createDeliveryFixture()
      const ids = [1, 2, 3, 4, 5, 6].map((i) => `R-${round}:${i}`)
      await Promise.all(ids.map((id) => insertEvent(id, fixture.clock.now())))
      const messages = ids
        .flatMap((id) => Array.from({ length: 1 + random(5) }, () => ({ id, at: random(1_000) })))
        .toSorted((a, b) => a.at - b.at)
        .map(({ id }) => ({ id }))
      while (messages.length > 0) {
        const batches = [messages.splice(0, 1 + random(6)), messages.splice(0, random(4))]
        await Promise.all(batches.map((batch) => deliverBatch(fixture, batch)))
      }
      expect(fixture.receiver.arrivals.map(({ id }) => id).toSorted()).toEqual(ids)
    }
  })

  it('T53: a message that fails, or cannot be read, delays no other', async () => {
    const fixture = createDeliveryFixture({
      respond: ({ id }) => (id === 'BAD:1' ? refuse() : new Response('')),
    })
    await insertEvent('BAD:1', fixture.clock.now())
    await insertEvent('GOOD:1', fixture.clock.now())
    const poison = [null, 'text', {}, { id: 7 }, { id: 'NEVER:1' }]
    expect(await deliverBatch(fixture, [...poison, { id: 'BAD:1' }, { id: 'GOOD:1' }])).toEqual({
      acked: ['m0', 'm1', 'm2', 'm3', 'm4', 'm6'],
      retried: ['m5 after 5 s'],
    })
    expect(fixture.lines.toSorted()).toEqual([
      'event_not_delivered',
      ...Array.from({ length: 4 }, () => 'message_unreadable'),
    ])
    expect(await readOutboxRow('GOOD:1')).toMatchObject({ due_at: null, failure: null })
  })

  it('T23: reads a message of a newer version by the name it knows', async () => {
    const fixture = createDeliveryFixture()
    await insertEvent('NEW:1', fixture.clock.now())
    await deliverBatch(fixture, [{ v: 2, id: 'NEW:1', kind: 'paid' }])
    expect(fixture.receiver.arrivals.map(({ id }) => id)).toEqual(['NEW:1'])
  })

  it('T232: charges once in an invocation, however many messages ask for it, beside the events', async () => {
    const fixture = createDeliveryFixture()
    await insertEvent('BESIDE:1', fixture.clock.now())
    const charges = { run: 'charges', v: 2 }
    expect(await deliverBatch(fixture, [charges, { id: 'BESIDE:1' }, charges])).toEqual({
      acked: ['m0', 'm1', 'm2'],
      retried: [],
    })
    expect(fixture.charging.runs).toBe(1)
    expect(fixture.receiver.arrivals.map(({ id }) => id)).toEqual(['BESIDE:1'])
    await deliverBatch(fixture, [{ run: 'refunds' }, { run: ['charges'] }])
    expect(fixture.charging.runs).toBe(1)
    expect(fixture.lines).toEqual(['message_unreadable', 'message_unreadable'])
  })

  it('retries the first tries and leaves later ones to the sweep', async () => {
    const fixture = createDeliveryFixture({ respond: refuse })
    await insertEvent('TRY:1', fixture.clock.now())
    const delays: unknown[] = []
    for (const forwardMs of [5_000, 30_000, 120_000, 600_000]) {
      const { acked, retried } = await deliverBatch(fixture, [{ id: 'TRY:1' }])
      delays.push(acked.length === 1 ? 'acked' : retried[0])
      fixture.clock.forward(forwardMs)
    }
    expect(delays).toEqual(['m0 after 5 s', 'm0 after 30 s', 'm0 after 120 s', 'acked'])
  })

  it('retries when the store is unavailable', async () => {
    const fixture = createDeliveryFixture({ db: createFaulty(env.DB, ['before']) })
    expect(await deliverBatch(fixture, [{ id: 'AWAY:1' }])).toEqual({
      acked: [],
      retried: ['m0 after 30 s'],
    })
  })
})
