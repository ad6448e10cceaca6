import type { Message, MessageBatch } from '@cloudflare/workers-types'
import type { Delivery, Log } from '@quayside/server'
import * as z from 'zod/mini'

/** Read by name: a newer version may send more fields. */
const message = z.object({ id: z.string() })

/** A later try is left to the sweep, and the message is acknowledged. */
const maxQueueDelayMs = 120_000
const storeRetrySeconds = 30

/** Tries the events that the messages name, each on its own. The queue only saves time: the outbox decides what is due. */
export async function consume(batch: MessageBatch, delivery: Delivery, log: Log): Promise<void> {
  await Promise.all(batch.messages.map((each) => consumeOne(each, delivery, log)))
}

async function consumeOne(each: Message, delivery: Delivery, log: Log): Promise<void> {
  const read = message.safeParse(each.body)
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
