import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { runJobs } from '../../../../packages/server/src/jobs/cron.ts'
import { repairJobs } from '../../../../packages/server/src/jobs/recovery-jobs.ts'
import { createD1Store } from '../../src/store/store.ts'
import { createFaulty } from '../fixtures/faulty-database.ts'
import { createRepair, forgetMarks, minuteMs, start } from '../fixtures/recovery.ts'

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)
const later = (ms: number) => new Date(start.getTime() + ms)
const account = (dueAt: Date) => ({
  status: 'ready',
  pay_method: 'vbank',
  vbank_date: seconds(dueAt),
})
const standing = async (repair: ReturnType<typeof createRepair>, id: string) => {
  const { status, impUid } = await repair.read(id)
  return { status, impUid }
}
const events = (repair: ReturnType<typeof createRepair>, id: string) =>
  repair.select('SELECT kind, sequence FROM outbox WHERE merchant_uid = ?1 ORDER BY sequence', id)

beforeEach(async () => {
  await forgetMarks()
})

describe('repair', { timeout: 60_000 }, () => {
  it('T19: completes a payment whose messages were all lost', async () => {
    const repair = createRepair()
    await repair.order('R-lost')
    const impUid = await repair.pay('R-lost')
    await repair.sweep()
    expect(await standing(repair, 'R-lost')).toEqual({ status: 'paid', impUid })
    await repair.sweep(3)
    expect(await events(repair, 'R-lost')).toEqual([{ kind: 'paid', sequence: 1 }])
  })

  it('T18: completes a payment that was there before its order', async () => {
    const repair = createRepair()
    const impUid = await repair.pay('R-before')
    await repair.sweep(10)
    await repair.order('R-before')
    await repair.sweep(2)
    expect(await standing(repair, 'R-before')).toEqual({ status: 'paid', impUid })
  })

  it('T19: whatever was paid in a day without any message is delivered two sweeps after', async () => {
    const repair = createRepair()
    const ids = Array.from({ length: 150 }, (_, index) => `R-day-${index}`)
    for (const id of ids) await repair.order(id)
    await repair.control('/faults', { fault: 'bad_gateway_html', path: '*', times: 'always' })
    for (const id of ids) {
      await repair.pay(id)
      await repair.clock.advance((24 * 60 * minuteMs) / ids.length)
    }
    await repair.sweep(3)
    expect((await repair.read('R-day-0')).status).toBe('pending')
    await repair.control('/faults', {}, 'DELETE')
    await repair.sweep(2)
    const paid = await repair.select(
      "SELECT count(*) AS n FROM outbox WHERE kind = 'paid' AND merchant_uid LIKE 'R-day-%'",
    )
    expect(paid).toEqual([{ n: ids.length }])
  })

  it('records an account, its deposit and a failure nobody told of', async () => {
    const repair = createRepair()
    for (const id of ['R-account', 'R-failed']) await repair.order(id)
    const impUid = await repair.pay('R-account', account(later(3 * 86_400_000)))
    await repair.pay('R-failed', { status: 'failed' })
    await repair.sweep()
    expect((await repair.read('R-account')).status).toBe('vbank_issued')
    expect((await repair.read('R-failed')).status).toBe('failed')
    await repair.control(`/payments/${impUid}/deposit`)
    await repair.sweep(2)
    expect(await standing(repair, 'R-account')).toEqual({ status: 'paid', impUid })
  })

  for (const [when, depositMs, status] of [
    ['a second before its date', -1_000, 'paid'],
    ['on its date', 0, 'paid'],
  ] as const) {
    it(`T21: an account that was paid into ${when} is paid, although nobody told`, async () => {
      const repair = createRepair()
      const id = `R-due${depositMs}`
      await repair.order(id)
      const impUid = await repair.pay(id, account(later(90_000)))
      await repair.sweep()
      await repair.clock.set(later(90_000 + depositMs))
      await repair.control(`/payments/${impUid}/deposit`)
      await repair.sweep(2)
      expect(await standing(repair, id)).toEqual({ status, impUid })
    })
  }

  it('T21: an account nobody paid into expires by our own clock, after a last look', async () => {
    const repair = createRepair()
    await repair.order('R-expire')
    const impUid = await repair.pay('R-expire', account(later(90_000)))
    await repair.sweep()
    await repair.control('/faults', { fault: 'unavailable_json', path: '*', times: 'always' })
    await repair.sweep(3)
    expect(await standing(repair, 'R-expire')).toEqual({ status: 'vbank_issued', impUid })
    await repair.control('/faults', {}, 'DELETE')
    await repair.sweep()
    expect(await standing(repair, 'R-expire')).toEqual({ status: 'expired', impUid })
    expect(await events(repair, 'R-expire')).toEqual([
      { kind: 'vbank_issued', sequence: 1 },
      { kind: 'expired', sequence: 2 },
    ])
  })

  for (const days of [0, 30]) {
    it(`T21: a deposit ${days === 0 ? 'a moment' : `${days} days`} after the date is taken where the order wants it`, async () => {
      const repair = createRepair()
      const id = `R-late-${days}`
      await repair.order(id, { policy: { late: 'deliver', stray: 'report' } })
      const impUid = await repair.pay(id, account(later(90_000)))
      await repair.sweep(3)
      expect((await repair.read(id)).status).toBe('expired')
      await repair.clock.advance(days * 86_400_000)
      await repair.control(`/payments/${impUid}/deposit`)
      await repair.sweep(2)
      expect(await standing(repair, id)).toEqual({ status: 'paid', impUid })
    })
  }

  it('T14: what was given back while it was being completed ends as given back', async () => {
    const repair = createRepair()
    await repair.order('R-between')
    const impUid = await repair.pay('R-between')
    await repair.control('/faults', {
      fault: 'stale_record',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    await repair.sweep()
    expect((await repair.read('R-between')).status).toBe('paid')
    await repair.control(`/payments/${impUid}/cancel`)
    await repair.sweep(2)
    expect((await repair.read('R-between')).status).toBe('cancelled')
    expect(await events(repair, 'R-between')).toEqual([
      { kind: 'paid', sequence: 1 },
      { kind: 'cancelled', sequence: 2 },
    ])
  })

  it('follows parts that are given back at the console', async () => {
    const repair = createRepair()
    await repair.order('R-parts')
    const impUid = await repair.pay('R-parts')
    await repair.sweep()
    for (const amount of [900, 1_000]) {
      await repair.control(`/payments/${impUid}/cancel`, { amount })
      await repair.sweep()
    }
    const { status, cancelled } = await repair.read('R-parts')
    expect({ status, cancelled: cancelled.minor }).toEqual({
      status: 'partially_cancelled',
      cancelled: 1_900,
    })
  })

  it('T53: one order that breaks the sweep does not keep the others waiting', async () => {
    const repair = createRepair()
    const ids = Array.from({ length: 20 }, (_, index) => `R-poison-${index}`)
    for (const id of ids) {
      await repair.order(id)
      await repair.pay(id)
    }
    const { store } = repair.rooms
    const { orders } = store
    const record: typeof orders.record = (change) => {
      if (change.order.merchantUid === 'R-poison-7') throw new Error('poison')
      return orders.record(change)
    }
    await repair.clock.advance(minuteMs)
    const rooms = { ...repair.rooms, store: { ...store, orders: { ...orders, record } } }
    await runJobs(repairJobs(rooms), '* * * * *', rooms.log)
    const statuses = await Promise.all(ids.map(async (id) => (await repair.read(id)).status))
    expect(statuses).toEqual(ids.map((id) => (id === 'R-poison-7' ? 'pending' : 'paid')))
    for (let round = 0; round < 3; round++) {
      const id = `R-healthy-${round}`
      await repair.order(id)
      await repair.clock.advance(60 * minuteMs)
      await repair.pay(id)
      await repair.clock.advance(minuteMs)
      await runJobs(repairJobs(rooms), '* * * * *', rooms.log)
      expect((await repair.read(id)).status).toBe('paid')
    }
    await repair.clock.advance(6 * 60 * minuteMs)
    await repair.sweep(2)
    expect((await repair.read('R-poison-7')).status).toBe('paid')
  })

  for (const fault of ['before', 'after'] as const) {
    it(`T15: completes once although every other answer of the database is lost ${fault} the work`, async () => {
      const faults = Array.from({ length: 400 }, (_, call) => (call % 2 === 0 ? fault : 'none'))
      const honest = createRepair()
      const ids = Array.from({ length: 5 }, (_, index) => `R-ack-${fault}-${index}`)
      for (const id of ids) {
        await honest.order(id)
        await honest.pay(id)
      }
      await honest.clock.advance(minuteMs)
      const faulty = createFaulty(env.DB, faults)
      const { now } = honest.rooms
      const rooms = {
        ...honest.rooms,
        store: createD1Store(faulty, now),
      }
      for (let minute = 0; minute < 4; minute++) {
        await runJobs(repairJobs(rooms), '* * * * *', rooms.log)
        await honest.clock.advance(minuteMs)
      }
      await honest.sweep(2)
      const told = await honest.select(
        'SELECT kind, count(*) AS n FROM outbox WHERE merchant_uid LIKE ?1 GROUP BY kind',
        `R-ack-${fault}-%`,
      )
      expect(told).toEqual([{ kind: 'paid', n: ids.length }])
    })
  }

  for (const sweepers of [2, 5]) {
    it(`T54: ${sweepers} sweepers at once look at each order once and complete it once`, async () => {
      const repair = createRepair()
      const ids = Array.from({ length: 250 }, (_, index) => `R-${sweepers}-${index}`)
      for (const id of ids) await repair.order(id)
      for (const id of ids.slice(0, 20)) await repair.pay(id)
      await repair.clock.advance(minuteMs)
      await Promise.all(Array.from({ length: sweepers }, () => repair.runJobs()))
      const looked = repair.lines
        .filter(({ job }) => job === 'look_at_open_orders')
        .reduce((sum, line) => sum + Number(line['looked']), 0)
      const told = await repair.select(
        'SELECT count(*) AS n FROM outbox WHERE merchant_uid LIKE ?1',
        `R-${sweepers}-%`,
      )
      expect({ atMostOnce: looked <= ids.length, told }).toEqual({
        atMostOnce: true,
        told: [{ n: 20 }],
      })
    })
  }
})
