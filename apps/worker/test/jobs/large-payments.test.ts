import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { pollOpenOrders } from '../../../../packages/server/src/jobs/orders/poll-open-orders.ts'
import { pollPaymentList } from '../../../../packages/server/src/jobs/payment-lists/poll-payment-lists.ts'
import { cancelOrder } from '../../../../packages/server/src/orders/cancel-order.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { clearCursors, createRecoveryFixture, idOf, minuteMs, start } from '../fixtures/recovery.ts'

const hourMs = 60 * minuteMs

beforeEach(async () => {
  await clearCursors()
  await env.DB.prepare('DELETE FROM poll_schedule').run()
})

describe('a payment that no response can hold', () => {
  for (const [where, position] of [
    ['first', 0],
    ['in the middle', 2],
    ['last', 4],
  ] as const) {
    it(`T70: ${where} in a list, is left out, and the others are recorded`, async () => {
      const recovery = createRecoveryFixture()
      const ids = Array.from({ length: 5 }, (_, index) => `BIG-${position}-${index}`)
      for (const [index, id] of ids.entries()) {
        await recovery.order(id)
        const size = index === position ? 1_100_000 : 10
        await recovery.pay(id, { custom_data: 'x'.repeat(size) })
        await recovery.clock.advance(1_000)
      }
      const fields = await pollPaymentList('paid', recovery.deps)
      expect(fields['failure']).toBeUndefined()
      const statuses = await Promise.all(ids.map(async (id) => (await recovery.read(id)).status))
      expect(statuses).toEqual(ids.map((_, index) => (index === position ? 'pending' : 'paid')))
    })
  }
})

describe('T53: an order with more payments than one response holds', () => {
  const attempt = (recovery: ReturnType<typeof createRecoveryFixture>, id: string) =>
    recovery.pay(id, { status: 'failed', custom_data: 'x'.repeat(30_000) })

  it('is paid by a poll of its own', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('BIG-paid')
    for (let count = 0; count < 20; count++) await attempt(recovery, 'BIG-paid')
    const impUid = await recovery.pay('BIG-paid')
    for (let count = 0; count < 20; count++) await attempt(recovery, 'BIG-paid')
    await recovery.clock.advance(minuteMs)
    await pollOpenOrders(recovery.deps)
    const { status, impUid: paidBy } = await recovery.read('BIG-paid')
    expect({ status, paidBy }).toEqual({ status: 'paid', paidBy: impUid })
  })

  it('expires when its account was not paid into', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('BIG-account')
    const vbank_date = Math.floor((start.getTime() + hourMs) / 1_000)
    await recovery.pay('BIG-account', { status: 'ready', pay_method: 'vbank', vbank_date })
    await recovery.sweep(2)
    for (let count = 0; count < 40; count++) await attempt(recovery, 'BIG-account')
    await recovery.clock.advance(2 * hourMs)
    await recovery.sweep(2)
    expect((await recovery.read('BIG-account')).status).toBe('expired')
  })

  it('can be closed, and its account is revoked', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('BIG-close')
    const vbank_date = Math.floor((start.getTime() + hourMs) / 1_000)
    const impUid = await recovery.pay('BIG-close', {
      status: 'ready',
      pay_method: 'vbank',
      vbank_date,
    })
    await recovery.sweep(2)
    for (let count = 0; count < 40; count++) await attempt(recovery, 'BIG-close')
    const deps = { ...recovery.deps, sleep: immediateSleep }
    const closed = await cancelOrder(idOf('BIG-close'), {}, deps)
    expect(closed.ok && closed.value.status).toBe('cancelled')
    const revocations = await recovery.deps.store.revocations.ofOrder(idOf('BIG-close'))
    expect(revocations.ok && revocations.value).toMatchObject([{ impUid, state: 'confirmed' }])
  })

  it('is not closed when one of them was paid: it is refunded', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('BIG-refund')
    for (let count = 0; count < 40; count++) await attempt(recovery, 'BIG-refund')
    const impUid = await recovery.pay('BIG-refund')
    const deps = { ...recovery.deps, sleep: immediateSleep }
    const closed = await cancelOrder(idOf('BIG-refund'), {}, deps)
    expect(closed.ok && closed.value).toMatchObject({ status: 'cancelled', impUid })
  })
})
