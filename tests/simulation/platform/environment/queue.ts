import type { MessageBatch } from '@cloudflare/workers-types'
import type { SimulatedClock } from '../../engine/clock.ts'

type Body = { readonly id: string }

interface Queued {
  readonly id: string
  readonly body: Body
  readonly attempts: number
  readonly notBefore: number
}

/** A queue that delivers batches in order, at least once. */
export interface BatchQueue {
  push(body: Body): void
  /** The messages that a consumer may take now, at most `limit`; null when there are none. */
  take(limit: number): { readonly batch: MessageBatch; finish(): void } | null
}

const maxAttempts = 6

/** Makes an empty queue. What a consumer does not acknowledge comes back. */
export function createBatchQueue(clock: SimulatedClock): BatchQueue {
  let queued: Queued[] = []
  let sent = 0
  return {
    push: (body) => void queued.push({ id: `m${sent++}`, body, attempts: 1, notBefore: clock.ms }),
    take(limit) {
      const taken = queued.filter(({ notBefore }) => notBefore <= clock.ms).slice(0, limit)
      if (taken.length === 0) return null
      const isTaken = new Set(taken)
      queued = queued.filter((each) => !isTaken.has(each))
      const returned = new Map(taken.map((each) => [each.id, clock.ms]))
      const messages = taken.map(({ id, body, attempts }) => ({
        id,
        body,
        attempts,
        timestamp: new Date(clock.ms),
        ack: () => void returned.delete(id),
        retry: (options?: { readonly delaySeconds?: number }) =>
          void returned.set(id, clock.ms + (options?.delaySeconds ?? 0) * 1_000),
      }))
      const batch: MessageBatch = {
        queue: 'quayside-events',
        messages,
        metadata: { metrics: { backlogCount: queued.length, backlogBytes: 0 } },
        ackAll: () => messages.forEach(({ ack }) => ack()),
        retryAll: (options) => messages.forEach(({ retry }) => retry(options)),
      }
      const finish = (): void => {
        for (const each of taken) {
          const notBefore = returned.get(each.id)
          if (notBefore === undefined || each.attempts >= maxAttempts) continue
          queued.push({ ...each, attempts: each.attempts + 1, notBefore })
        }
      }
      return { batch, finish }
    },
  }
}
