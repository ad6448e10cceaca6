import { expect, it } from 'vitest'
import { runSeeds } from '../engine/run-schedules.ts'
import { say } from '../report/print-count.ts'
import { createDoors, type Entrance } from './http-app.ts'

const schedules = 5_000

it('I12: no secret leaves by an answer, a log line, a row or an event', async () => {
  const since = performance.now()
  const { failures, schedules: count } = await runSeeds(createDoors(true), 0, schedules)
  say('schedules of the app in which everything let out was read', count, since)
  expect(failures).toEqual([])
  expect(count).toBe(schedules)
})

const watched = createDoors(true)
/** The vendor's sample sends whatever went wrong to the browser as it is. */
const sendsTheError: Entrance = {
  ...watched,
  name: 'sends the error',
  async handle(notice, desk) {
    const record = await desk.fetchPayment(notice.impUid)
    const reply = await watched.handle(notice, desk)
    return record.ok ? reply : { ...reply, text: JSON.stringify(record.failure) }
  },
}
/** Keeps the whole record with the order, for whoever may need it one day. */
const keepsTheRecord: Entrance = {
  ...watched,
  name: 'keeps the record',
  async handle(notice, desk) {
    const record = await desk.fetchPayment(notice.impUid)
    const reply = await watched.handle(notice, desk)
    const found = await desk.store.find(notice.merchantUid)
    if (!record.ok || !found.ok) return reply
    const { value: order } = found
    const kept = {
      ...order,
      sequence: order.sequence + 1,
      failReason: JSON.stringify(record.value),
    }
    await desk.overwrite(kept)
    return reply
  },
}

it.each([
  [sendsTheError, 'I12 answer holds a secret'],
  [keepsTheRecord, 'I12 row holds a secret'],
])('I12: a leak is found', async (design, what) => {
  let isFound = false
  await runSeeds(design, 0, 1_000, undefined, (failures) => {
    isFound ||= failures.some(({ broken }) => broken.includes(what))
    return isFound
  })
  expect(isFound).toBe(true)
})
