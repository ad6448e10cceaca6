import type { MessageBatch, Queue } from '@cloudflare/workers-types'
import type { Instant } from '../../engine/fake-database.ts'
import type { Chance } from '../../engine/prng.ts'

type Body = { readonly id: string }

interface Held {
  readonly id: string
  readonly body: Body
  readonly attempts: number
  readonly notBefore: number
}

/** Messages on their way to a consumer. */
export interface Handful {
  readonly batch: MessageBatch
  /** Puts back what was not taken: everything, should the consumer have died. */
  settle(hasEnded: boolean): void
}

/** A queue that delivers at least once, in any order, and loses a message now and then. */
export interface PostBox {
  push(body: Body): void
  /** How many could be taken now. */
  readonly ready: number
  /** Takes one or two of them. `isCalm`: none is lost, and none comes again. */
  take(chance: Chance, isCalm: boolean): Handful
  /** What is in it, as text. */
  readonly text: string
}

const mostAttempts = 10

/** Makes an empty queue. */
export function createPostBox(now: Instant): PostBox {
  let held: Held[] = []
  let sent = 0
  const texts: string[] = []
  const ready = (): readonly Held[] => held.filter(({ notBefore }) => notBefore <= now.ms)
  return {
    push(body) {
      texts.push(JSON.stringify(body))
      held.push({ id: `m${sent++}`, body, attempts: 1, notBefore: now.ms })
    },
    get ready() {
      return ready().length
    },
    take(chance, isCalm) {
      const able = ready()
      const at = chance.below(able.length)
      const taken = able.slice(at, at + 1 + chance.below(2))
      held = held.filter((each) => !taken.includes(each))
      // Of those that were taken in, some come again; of those that were not, some are lost.
      const isOdd = !isCalm && chance.below(8) === 7
      const acked = new Set<string>()
      const delays = new Map<string, number>()
      const messages = taken.map(({ id, body, attempts }) => ({
        id,
        body,
        attempts,
        timestamp: new Date(now.ms),
        ack: () => void acked.add(id),
        retry: (options?: { readonly delaySeconds?: number }) =>
          void delays.set(id, (options?.delaySeconds ?? 0) * 1000),
      }))
      return {
        batch: {
          queue: 'events',
          messages,
          metadata: { metrics: { backlogCount: held.length, backlogBytes: 0 } },
          ackAll: () => messages.forEach(({ ack }) => ack()),
          retryAll: (options) => messages.forEach(({ retry }) => retry(options)),
        },
        settle(hasEnded) {
          for (const each of taken) {
            const isTaken = hasEnded && !delays.has(each.id)
            if (isTaken !== isOdd || each.attempts >= mostAttempts) continue
            const notBefore = now.ms + (delays.get(each.id) ?? 0)
            held.push({ ...each, attempts: each.attempts + 1, notBefore })
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
