import type { Message, MessageBatch } from '@cloudflare/workers-types'
import type { Log, Server } from '@quayside/server'
import * as z from 'zod/mini'

/** Read by name: a newer version may send more fields. */
const eventMessage = z.object({ id: z.string() })
const chargeMessage = z.object({ run: z.literal('charges') })

/** A later try is left to the sweep, and the message is acknowledged. */
const maxQueueDelayMs = 120_000
const storeRetrySeconds = 30

/**
 * Tries the events that the messages name, each on its own, and charges the subscriptions that are due. Queues only save time: the
 * database decides what is due. Messages are told apart by what they say, because the owner of a deployment names its queues.
 */
export async function consume(
  batch: MessageBatch,
  server: ConsumingServer,
  log: Log,
): Promise<void> {
  const requests = batch.messages.filter(({ body }) => chargeMessage.safeParse(body).success)
  const events = batch.messages.filter((each) => !requests.includes(each))
  await Promise.all([
    ...events.map((each) => deliverOne(each, server.delivery, log)),
    ...(requests.length === 0 ? [] : [chargeOnce(requests, server)]),
  ])
}

/** What the messages of the queues ask of a server. */
export type ConsumingServer = Pick<Server, 'delivery' | 'chargeDue'>

/** An invocation has the limits of one run, however many messages it gets. A run that fails is asked for in the next minute. */
async function chargeOnce(requests: readonly Message[], server: ConsumingServer): Promise<void> {
  await server.chargeDue()
  for (const each of requests) each.ack()
}

async function deliverOne(each: Message, delivery: Server['delivery'], log: Log): Promise<void> {
  const read = eventMessage.safeParse(each.body)
  if (!read.success) {
    log('message_unreadable', { messageId: each.id })
    return each.ack()
  }
  const result = await delivery.deliver(read.data.id)
  if (!result.ok) return each.retry({ delaySeconds: storeRetrySeconds })
  const waitMs = result.value.kind === 'failed' ? result.value.waitMs : null
  return waitMs === null || waitMs > maxQueueDelayMs
    ? each.ack()
    : each.retry({ delaySeconds: Math.ceil(waitMs / 1000) })
}
