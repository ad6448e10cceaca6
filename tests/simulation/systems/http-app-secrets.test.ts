import { expect, inject, it } from 'vitest'
import { runSeeds } from '../engine/run-schedules.ts'
import { printCount } from '../report/print-count.ts'
import { createHttpSystem, type HttpSystem } from './http-app.ts'

const { secrets: schedules } = inject('cases')

it('I12: no secret leaves by a response, a log line, a row or an event', async () => {
  const since = performance.now()
  const { failures, schedules: count } = await runSeeds(createHttpSystem(true), 0, schedules)
  printCount('schedules of the app whose whole output was searched', count, since)
  expect(failures).toEqual([])
  expect(count).toBe(schedules)
})

const recording = createHttpSystem(true)
/** Sends the error to the browser as it is, as the vendor's sample does. */
const sendsTheError: HttpSystem = {
  ...recording,
  name: 'sends the error',
  async handle(notice, deps) {
    const record = await deps.fetchPayment(notice.impUid)
    const noticeResponse = await recording.handle(notice, deps)
    return record.ok ? noticeResponse : { ...noticeResponse, text: JSON.stringify(record.failure) }
  },
}
/** Keeps the whole record with the order. */
const keepsTheRecord: HttpSystem = {
  ...recording,
  name: 'keeps the record',
  async handle(notice, deps) {
    const record = await deps.fetchPayment(notice.impUid)
    const noticeResponse = await recording.handle(notice, deps)
    const found = await deps.store.find(notice.merchantUid)
    if (!record.ok || !found.ok) return noticeResponse
    const { value: order } = found
    const kept = {
      ...order,
      sequence: order.sequence + 1,
      failReason: JSON.stringify(record.value),
    }
    await deps.overwrite(kept)
    return noticeResponse
  },
}

it.each([
  [sendsTheError, 'I12 response holds a secret'],
  [keepsTheRecord, 'I12 row holds a secret'],
])('I12: a leak is found', async (system, what) => {
  let isFound = false
  await runSeeds(system, 0, 1_000, undefined, (failures) => {
    isFound ||= failures.some(({ violations }) => violations.includes(what))
    return isFound
  })
  expect(isFound).toBe(true)
})
