import type { MessageBatch, Queue } from '@cloudflare/workers-types'
import type { SimulatedClock } from '../../engine/clock.ts'
import type { Prng } from '../../engine/prng.ts'

type Body = { readonly id: string }

interface QueuedMessage {
  readonly id: string
  readonly body: Body
  readonly attempts: number
  readonly notBefore: number
}

/** Messages that a consumer has taken. */
export interface TakenMessages {
  readonly batch: MessageBatch
  /** Puts back what was not acknowledged: everything, if the consumer crashed. */
  finish(hasEnded: boolean): void
}

/** A queue that delivers at least once, in any order, and loses a message now and then. */
export interface FakeQueue {
  push(body: Body): void
  /** How many messages can be taken now. */
  readonly ready: number
  /** Takes one or two of them. `isReliable`: none is lost, and none is repeated. */
  take(prng: Prng, isReliable: boolean): TakenMessages
  /** All messages that were put on it, as text. */
  readonly text: string
}

const maxAttempts = 10

/** Makes an empty queue. */
export function createFakeQueue(clock: SimulatedClock): FakeQueue {
  let queued: QueuedMessage[] = []
  let sent = 0
  const texts: string[] = []
  const ready = (): readonly QueuedMessage[] =>
    queued.filter(({ notBefore }) => notBefore <= clock.ms)
  return {
    push(body) {
      texts.push(JSON.stringify(body))
      queued.push({ id: `m${sent++}`, body, attempts: 1, notBefore: clock.ms })
    },
    get ready() {
      return ready().length
    },
    take(prng, isReliable) {
      const able = ready()
      const at = prng.below(able.length)
      const taken = able.slice(at, at + 1 + prng.below(2))
      queued = queued.filter((each) => !taken.includes(each))
      // Some acknowledged messages are repeated; some others are lost.
      const isFaulty = !isReliable && prng.below(8) === 7
      const acked = new Set<string>()
      const delays = new Map<string, number>()
      const messages = taken.map(({ id, body, attempts }) => ({
        id,
        body,
        attempts,
        timestamp: new Date(clock.ms),
        ack: () => void acked.add(id),
        retry: (options?: { readonly delaySeconds?: number }) =>
          void delays.set(id, (options?.delaySeconds ?? 0) * 1000),
      }))
      return {
        batch: {
          queue: 'events',
          messages,
          metadata: { metrics: { backlogCount: queued.length, backlogBytes: 0 } },
          ackAll: () => messages.forEach(({ ack }) => ack()),
          retryAll: (options) => messages.forEach(({ retry }) => retry(options)),
        },
        finish(hasEnded) {
          for (const each of taken) {
            const isHandled = hasEnded && !delays.has(each.id)
            if (isHandled !== isFaulty || each.attempts >= maxAttempts) continue
            const notBefore = clock.ms + (delays.get(each.id) ?? 0)
            queued.push({ ...each, attempts: each.attempts + 1, notBefore })
          }
        },
      }
    },
    get text() {
      return texts.join('\n')
    },
  }
}

/** The sending end of a queue, as the worker is bound to it. */
export function toBinding(send: (body: Body) => Promise<void>): Pick<Queue<Body>, 'send'> {
  return {
    async send(body) {
      await send(body)
      return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
    },
  }
}
