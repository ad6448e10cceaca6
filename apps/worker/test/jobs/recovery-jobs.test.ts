import { env } from 'cloudflare:workers'
import { createD1Store } from '@quayside/sql/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { pollOpenOrders } from '../../../../packages/server/src/jobs/orders/poll-open-orders.ts'
import { pollPaymentList } from '../../../../packages/server/src/jobs/payment-lists/poll-payment-lists.ts'
import { recoveryJobs } from '../../../../packages/server/src/jobs/recovery-jobs.ts'
import { runJobs } from '../../../../packages/server/src/jobs/schedule/cron.ts'
import { createFaulty } from '../fixtures/faulty-database.ts'
import { clearCursors, createRecoveryFixture, minuteMs, start } from '../fixtures/recovery.ts'

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)
const later = (ms: number) => new Date(start.getTime() + ms)
const account = (dueAt: Date) => ({
  status: 'ready',
  pay_method: 'vbank',
  vbank_date: seconds(dueAt),
})
const orderState = async (recovery: ReturnType<typeof createRecoveryFixture>, id: string) => {
  const { status, impUid } = await recovery.read(id)
  return { status, impUid }
}
const events = (recovery: ReturnType<typeof createRecoveryFixture>, id: string) =>
  recovery.select('SELECT kind, sequence FROM outbox WHERE merchant_uid = ?1 ORDER BY sequence', id)

beforeEach(async () => {
  await clearCursors()
})

describe('recovery', () => {
  it('T19: completes a payment whose messages were all lost', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('R-lost')
    const impUid = await recovery.pay('R-lost')
    await recovery.sweep()
    expect(await orderState(recovery, 'R-lost')).toEqual({ status: 'paid', impUid })
    await recovery.sweep(3)
    expect(await events(recovery, 'R-lost')).toEqual([{ kind: 'paid', sequence: 1 }])
  })

  it('T18: completes a payment that was made before its order', async () => {
    const recovery = createRecoveryFixture()
    const impUid = await recovery.pay('R-before')
    await recovery.sweep(10)
    await recovery.order('R-before')
    await recovery.sweep(2)
    expect(await orderState(recovery, 'R-before')).toEqual({ status: 'paid', impUid })
  })

  it('T19: all payments of a day without any message are delivered within two runs', async () => {
    const recovery = createRecoveryFixture()
    const ids = Array.from({ length: 150 }, (_, index) => `R-day-${index}`)
    for (const id of ids) await recovery.order(id)
    await recovery.control('/faults', { fault: 'bad_gateway_html', path: '*', times: 'always' })
    for (const id of ids) {
      await recovery.pay(id)
      await recovery.clock.advance((24 * 60 * minuteMs) / ids.length)
    }
    await recovery.sweep(3)
    expect((await recovery.read('R-day-0')).status).toBe('pending')
    await recovery.control('/faults', {}, 'DELETE')
    await recovery.sweep(2)
    const paid = await recovery.select(
      "SELECT count(*) AS n FROM outbox WHERE kind = 'paid' AND merchant_uid LIKE 'R-day-%'",
    )
    expect(paid).toEqual([{ n: ids.length }])
  })

  it('T19: lists of payments with 30 KB of custom_data each are read, whatever the page size', async () => {
    const recovery = createRecoveryFixture()
    const ids = Array.from({ length: 60 }, (_, index) => `R-large-${index}`)
    for (const id of ids) {
      await recovery.order(id)
      await recovery.pay(id, { custom_data: 'x'.repeat(30_000) })
    }
    await pollPaymentList('paid', recovery.deps)
    const statuses = await Promise.all(ids.map(async (id) => (await recovery.read(id)).status))
    expect(statuses).toEqual(ids.map(() => 'paid'))
  })

  it('T53: an order with more payments than one response holds keeps no other order waiting', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('R-many')
    for (let attempt = 0; attempt < 40; attempt++) {
      await recovery.pay('R-many', { status: 'failed', custom_data: 'x'.repeat(30_000) })
    }
    const ids = Array.from({ length: 20 }, (_, index) => `R-other-${index}`)
    for (const id of ids) {
      await recovery.order(id)
      await recovery.pay(id)
    }
    await recovery.clock.advance(minuteMs)
    await pollOpenOrders(recovery.deps)
    const statuses = await Promise.all(ids.map(async (id) => (await recovery.read(id)).status))
    expect(statuses).toEqual(ids.map(() => 'paid'))
    expect(recovery.lines.filter(({ event }) => event === 'payment_unreadable')).toEqual([
      { event: 'payment_unreadable', merchantUid: 'R-many' },
    ])
  })

  it('records an account, its deposit and a failure without any message', async () => {
    const recovery = createRecoveryFixture()
    for (const id of ['R-account', 'R-failed']) await recovery.order(id)
    const impUid = await recovery.pay('R-account', account(later(3 * 86_400_000)))
    await recovery.pay('R-failed', { status: 'failed' })
    await recovery.sweep()
    expect((await recovery.read('R-account')).status).toBe('vbank_issued')
    expect((await recovery.read('R-failed')).status).toBe('failed')
    await recovery.control(`/payments/${impUid}/deposit`)
    await recovery.sweep(2)
    expect(await orderState(recovery, 'R-account')).toEqual({ status: 'paid', impUid })
  })

  for (const [when, depositMs, status] of [
    ['a second before its date', -1_000, 'paid'],
    ['on its date', 0, 'paid'],
  ] as const) {
    it(`T21: an order whose account received a deposit ${when} is paid without any message`, async () => {
      const recovery = createRecoveryFixture()
      const id = `R-due${depositMs}`
      await recovery.order(id)
      const impUid = await recovery.pay(id, account(later(90_000)))
      await recovery.sweep()
      await recovery.clock.set(later(90_000 + depositMs))
      await recovery.control(`/payments/${impUid}/deposit`)
      await recovery.sweep(2)
      expect(await orderState(recovery, id)).toEqual({ status, impUid })
    })
  }

  it('T21: an account without a deposit expires by our own clock, after a last poll', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('R-expire')
    const impUid = await recovery.pay('R-expire', account(later(90_000)))
    await recovery.sweep()
    await recovery.control('/faults', { fault: 'unavailable_json', path: '*', times: 'always' })
    await recovery.sweep(3)
    expect(await orderState(recovery, 'R-expire')).toEqual({ status: 'vbank_issued', impUid })
    await recovery.control('/faults', {}, 'DELETE')
    await recovery.sweep()
    expect(await orderState(recovery, 'R-expire')).toEqual({ status: 'expired', impUid })
    expect(await events(recovery, 'R-expire')).toEqual([
      { kind: 'vbank_issued', sequence: 1 },
      { kind: 'expired', sequence: 2 },
    ])
  })

  for (const days of [0, 30]) {
    it(`T21: a deposit ${days === 0 ? 'a moment' : `${days} days`} after the due date is accepted under the policy deliver`, async () => {
      const recovery = createRecoveryFixture()
      const id = `R-late-${days}`
      await recovery.order(id, { policy: { late: 'deliver', unmatched: 'report' } })
      const impUid = await recovery.pay(id, account(later(90_000)))
      await recovery.sweep(3)
      expect((await recovery.read(id)).status).toBe('expired')
      await recovery.clock.advance(days * 86_400_000)
      await recovery.control(`/payments/${impUid}/deposit`)
      await recovery.sweep(2)
      expect(await orderState(recovery, id)).toEqual({ status: 'paid', impUid })
    })
  }

  it('T14: a payment that is refunded during its completion ends as refunded', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('R-between')
    const impUid = await recovery.pay('R-between')
    await recovery.control('/faults', {
      fault: 'stale_record',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    await recovery.sweep()
    expect((await recovery.read('R-between')).status).toBe('paid')
    await recovery.control(`/payments/${impUid}/cancel`)
    await recovery.sweep(2)
    expect((await recovery.read('R-between')).status).toBe('cancelled')
    expect(await events(recovery, 'R-between')).toEqual([
      { kind: 'paid', sequence: 1 },
      { kind: 'cancelled', sequence: 2 },
    ])
  })

  it('records parts that are refunded at the console', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('R-parts')
    const impUid = await recovery.pay('R-parts')
    await recovery.sweep()
    for (const amount of [900, 1_000]) {
      await recovery.control(`/payments/${impUid}/cancel`, { amount })
      await recovery.sweep()
    }
    const { status, cancelled } = await recovery.read('R-parts')
    expect({ status, cancelled: cancelled.minor }).toEqual({
      status: 'partially_cancelled',
      cancelled: 1_900,
    })
  })

  it('T53: an error with one order does not delay the others', async () => {
    const recovery = createRecoveryFixture()
    const ids = Array.from({ length: 20 }, (_, index) => `R-poison-${index}`)
    for (const id of ids) {
      await recovery.order(id)
      await recovery.pay(id)
    }
    const { store } = recovery.deps
    const { orders } = store
    const record: typeof orders.record = (change) => {
      if (change.order.merchantUid === 'R-poison-7') throw new Error('poison')
      return orders.record(change)
    }
    await recovery.clock.advance(minuteMs)
    const deps = { ...recovery.deps, store: { ...store, orders: { ...orders, record } } }
    await runJobs(recoveryJobs(deps), '* * * * *', deps.log)
    const statuses = await Promise.all(ids.map(async (id) => (await recovery.read(id)).status))
    expect(statuses).toEqual(ids.map((id) => (id === 'R-poison-7' ? 'pending' : 'paid')))
    for (let round = 0; round < 3; round++) {
      const id = `R-healthy-${round}`
      await recovery.order(id)
      await recovery.clock.advance(60 * minuteMs)
      await recovery.pay(id)
      await recovery.clock.advance(minuteMs)
      await runJobs(recoveryJobs(deps), '* * * * *', deps.log)
      expect((await recovery.read(id)).status).toBe('paid')
    }
    await recovery.clock.advance(6 * 60 * minuteMs)
    await recovery.sweep(2)
    expect((await recovery.read('R-poison-7')).status).toBe('paid')
  })

  for (const fault of ['before', 'after'] as const) {
    it(`T15: completes once although every other response of the database is lost ${fault} the work`, async () => {
      const faults = Array.from({ length: 400 }, (_, call) => (call % 2 === 0 ? fault : 'none'))
      const recovery = createRecoveryFixture()
      const ids = Array.from({ length: 5 }, (_, index) => `R-ack-${fault}-${index}`)
      for (const id of ids) {
        await recovery.order(id)
        await recovery.pay(id)
      }
      await recovery.clock.advance(minuteMs)
      const faulty = createFaulty(env.DB, faults)
      const { now } = recovery.deps
      const deps = {
        ...recovery.deps,
        store: createD1Store(faulty, { now }),
      }
      for (let minute = 0; minute < 4; minute++) {
        await runJobs(recoveryJobs(deps), '* * * * *', deps.log)
        await recovery.clock.advance(minuteMs)
      }
      await recovery.sweep(2)
      const events = await recovery.select(
        'SELECT kind, count(*) AS n FROM outbox WHERE merchant_uid LIKE ?1 GROUP BY kind',
        `R-ack-${fault}-%`,
      )
      expect(events).toEqual([{ kind: 'paid', n: ids.length }])
    })
  }

  for (const sweepers of [2, 5]) {
    it(`T54: ${sweepers} runs at once poll each order once and complete it once`, async () => {
      const recovery = createRecoveryFixture()
      const ids = Array.from({ length: 250 }, (_, index) => `R-${sweepers}-${index}`)
      for (const id of ids) await recovery.order(id)
      for (const id of ids.slice(0, 20)) await recovery.pay(id)
      await recovery.clock.advance(minuteMs)
      await Promise.all(Array.from({ length: sweepers }, () => recovery.runJobs()))
      const polled = recovery.lines
        .filter(({ job }) => job === 'poll_open_orders')
        .reduce((sum, line) => sum + Number(line['polled']), 0)
      const events = await recovery.select(
        'SELECT count(*) AS n FROM outbox WHERE merchant_uid LIKE ?1',
        `R-${sweepers}-%`,
      )
      expect({ some: polled > 0, atMostOnce: polled <= ids.length, events }).toEqual({
        some: true,
        atMostOnce: true,
        events: [{ n: 20 }],
      })
    })
  }
})
