import type { MessageBatch } from '@cloudflare/workers-types'

/** How the platform reads a queue. */
export interface ConcurrentQueueOptions {
  readonly maxBatchSize: number
  /** Invocations that consume it at once. */
  readonly maxConcurrency: number
  readonly now: () => Date
  readonly consume: (batch: MessageBatch) => Promise<void>
}

/** A queue whose messages are consumed as they come, by as many invocations as it may have. */
export interface ConcurrentQueue {
  push(bodies: readonly unknown[]): void
  /** Messages that no invocation has taken. */
  readonly waiting: number
}

export function createConcurrentQueue(options: ConcurrentQueueOptions): ConcurrentQueue {
  const { maxBatchSize, maxConcurrency, now, consume } = options
  const bodies: unknown[] = []
  let [first, running] = [0, 0]
  const consumeNext = (): void => {
    while (running < maxConcurrency && first < bodies.length) {
      const taken = bodies.slice(first, first + maxBatchSize)
      first += taken.length
      running += 1
      void consume(toBatch(taken, now())).finally(() => {
        running -= 1
        consumeNext()
      })
    }
  }
  return {
    push(added) {
      bodies.push(...added)
      consumeNext()
    },
    get waiting() {
      return bodies.length - first
    },
  }
}

/** Nothing is repeated: what is not acknowledged is left to the jobs. */
function toBatch(bodies: readonly unknown[], timestamp: Date): MessageBatch {
  const nothing = () => undefined
  const messages = bodies.map((body, index) => ({
    id: `m${index}`,
    body,
    attempts: 1,
    timestamp,
    ack: nothing,
    retry: nothing,
  }))
  return {
    queue: 'simulated',
    messages,
    metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    ackAll: nothing,
    retryAll: nothing,
  }
}
