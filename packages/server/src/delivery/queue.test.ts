import { ok } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import type { DeliveryResult } from './deliver.ts'
import { createDeliveryQueue } from './queue.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve))

/** A queue whose tries and pauses end when the test says so. */
function createQueue(limits: { readonly connections?: number; readonly capacity?: number } = {}) {
  const tried: string[] = []
  const ends: ((result: DeliveryResult) => void)[] = []
  const pauses: { readonly ms: number; readonly end: () => void }[] = []
  const queue = createDeliveryQueue({
    deliver(eventId) {
      tried.push(eventId)
      return new Promise((resolve) => ends.push((result) => resolve(ok(result))))
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        pauses.push({ ms, end: resolve })
        signal?.addEventListener('abort', () => resolve())
      }),
    log: (event) => {
      throw new TypeError(event)
    },
    ...limits,
  })
  const endOne = async (result: DeliveryResult = { kind: 'delivered' }) => {
    ends.shift()?.(result)
    await settle()
  }
  return { queue, tried, pauses, endOne }
}

describe('createDeliveryQueue()', () => {
  it('sends at once, so many at the same time, the others in their order', async () => {
    const { queue, tried, endOne } = createQueue({ connections: 2 })
    for (const id of ['a', 'b', 'c', 'd', 'c']) queue.enqueue(id)
    expect(tried).toEqual(['a', 'b'])
    await endOne()
    expect(tried).toEqual(['a', 'b', 'c'])
    await endOne()
    await endOne()
    await endOne()
    expect(tried).toEqual(['a', 'b', 'c', 'd'])
  })

  it('tries again after the pause of a failed try, and leaves long pauses and the last failure to the sweep', async () => {
    const { queue, tried, pauses, endOne } = createQueue()
    queue.enqueue('a')
    await endOne({ kind: 'failed', waitMs: 5_000 })
    expect([tried, pauses.map(({ ms }) => ms)]).toEqual([['a'], [5_000]])
    pauses[0]?.end()
    await settle()
    expect(tried).toEqual(['a', 'a'])
    await endOne({ kind: 'failed', waitMs: 600_000 })
    queue.enqueue('b')
    await endOne({ kind: 'failed', waitMs: null })
    expect([tried, pauses.length]).toEqual([['a', 'a', 'b'], 1])
  })

  it('takes no more ids than it may hold, those included that wait for their next try', async () => {
    const full = createQueue({ connections: 1, capacity: 2 })
    for (const id of ['a', 'b', 'c', 'd']) full.queue.enqueue(id)
    for (let ended = 0; ended < 4; ended++) await full.endOne()
    expect(full.tried).toEqual(['a', 'b', 'c'])

    const failing = createQueue({ connections: 1, capacity: 1 })
    failing.queue.enqueue('a')
    await failing.endOne({ kind: 'failed', waitMs: 5_000 })
    failing.queue.enqueue('b')
    expect(failing.tried).toEqual(['a'])
    failing.pauses[0]?.end()
    await settle()
    expect(failing.tried).toEqual(['a', 'a'])
  })

  it('stops after the tries that are under way', async () => {
    const { queue, tried, endOne } = createQueue({ connections: 1 })
    queue.enqueue('a')
    queue.enqueue('b')
    let isStopped = false
    const stopped = queue.stop().then(() => {
      isStopped = true
    })
    queue.enqueue('c')
    await settle()
    expect(isStopped).toBe(false)
    await endOne({ kind: 'failed', waitMs: 5_000 })
    await stopped
    expect(tried).toEqual(['a'])
  })

  it('logs a try that throws, and sends the next one', async () => {
    const tried: string[] = []
    const lines: unknown[] = []
    const queue = createDeliveryQueue({
      async deliver(eventId) {
        tried.push(eventId)
        if (eventId === 'a') throw new Error('bug')
        return ok({ kind: 'delivered' })
      },
      sleep: async () => undefined,
      log: (event, fields) => lines.push([event, fields]),
      connections: 1,
    })
    queue.enqueue('a')
    queue.enqueue('b')
    await settle()
    await queue.stop()
    expect(tried).toEqual(['a', 'b'])
    expect(lines).toEqual([['delivery_failed', { id: 'a', cause: 'Error: bug' }]])
  })
})
