import type { Result, StoreFailure } from '@quayside/core'
import { describeCause, type Log } from '../log.ts'
import type { Sleep } from '../timers.ts'
import type { DeliveryResult } from './deliver.ts'

/** What {@link createDeliveryQueue} needs. */
export interface DeliveryQueueOptions {
  /** Tries one event: `delivery.deliver` of a server. */
  readonly deliver: (eventId: string) => Promise<Result<DeliveryResult, StoreFailure>>
  /** Every timer. */
  readonly sleep: Sleep
  /** Receives `delivery_failed` with the cause when `deliver` throws, which is a bug. */
  readonly log: Log
  /** How many events are sent at the same time; 16 by default. */
  readonly connections?: number
  /** How many ids may wait, for their first or their next try; 10,000 by default. Further ones are left to the sweep. */
  readonly capacity?: number
}

/** Ids of events that are sent at once. */
export interface DeliveryQueue {
  /** Schedules an event: the `enqueueEvent` of a store and of a server. */
  enqueue(eventId: string): void
  /** Sends nothing further, and resolves when the tries that are under way have ended. */
  stop(): Promise<void>
}

/** A later try is left to the sweep. */
const maxWaitMs = 120_000

/**
 * Makes a queue in this process, which sends each event as soon as its change is committed. What it loses, when it is full or
 * the process ends, is in the outbox and sent by the next sweep.
 *
 * @param options The delivery of a server, the timers and the log.
 * @returns The queue. It is empty and needs no start.
 *
 * @example
 * ```ts
 * import { createDeliveryQueue, sleepOnTimer } from '@quayside/server'
 *
 * const queue = createDeliveryQueue({
 *   async deliver(eventId) {
 *     console.log(eventId) // evt_1
 *     return { ok: true, value: { kind: 'delivered' } }
 *   },
 *   sleep: sleepOnTimer,
 *   log: (event) => console.log(event),
 * })
 * queue.enqueue('evt_1')
 * await queue.stop()
 * ```
 */
export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { deliver, sleep, log, connections = 16, capacity = 10_000 } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const waiting = new Set<string>()
  const running = new Set<Promise<void>>()
  let postponed = 0

  const enqueue = (eventId: string): void => {
    if (signal.aborted || waiting.size + postponed >= capacity) return
    waiting.add(eventId)
    startWaiting()
  }
  const startWaiting = (): void => {
    for (const eventId of waiting) {
      if (running.size >= connections) return
      waiting.delete(eventId)
      const trying = tryOne(eventId).finally(() => {
        running.delete(trying)
        startWaiting()
      })
      running.add(trying)
    }
  }
  const tryOne = async (eventId: string): Promise<void> => {
    try {
      const tried = await deliver(eventId)
      if (!tried.ok || tried.value.kind !== 'failed') return
      const { waitMs } = tried.value
      if (waitMs !== null && waitMs <= maxWaitMs) void enqueueAfter(waitMs, eventId)
    } catch (cause) {
      log('delivery_failed', { id: eventId, cause: describeCause(cause) })
    }
  }
  const enqueueAfter = async (waitMs: number, eventId: string): Promise<void> => {
    if (signal.aborted || waiting.size + postponed >= capacity) return
    postponed++
    await sleep(waitMs, signal)
    postponed--
    enqueue(eventId)
  }

  return {
    enqueue,
    async stop() {
      stopping.abort()
      waiting.clear()
      await Promise.all(running)
    },
  }
}
