import { beforeEach, describe, expect, it } from 'vitest'
import { clearCursors, createRecoveryFixture, minuteMs } from '../fixtures/recovery.ts'

type Recovery = ReturnType<typeof createRecoveryFixture>

const issuesOf = (recovery: Recovery, id: string) =>
  recovery.select(
    'SELECT id, policy, outcome, closed_at IS NULL AS is_open FROM reconciliation_issues WHERE merchant_uid = ?1',
    id,
  )
const eventsOf = (recovery: Recovery, impUid: string) =>
  recovery.select('SELECT id FROM outbox WHERE id LIKE ?1 ORDER BY id', `order_unknown:${impUid}%`)

beforeEach(async () => {
  await clearCursors()
})

describe('T71: money for an order that was never opened here', () => {
  it('is an issue within ten minutes, once, with its event and its evidence', async () => {
    const recovery = createRecoveryFixture()
    await recovery.sweep(20)
    const impUid = await recovery.pay('M-unknown')
    await recovery.sweep(4)
    expect(await issuesOf(recovery, 'M-unknown')).toEqual([])
    await recovery.sweep(6)
    const issue = { id: `order_unknown:${impUid}`, policy: 'report', outcome: null, is_open: 1 }
    expect(await issuesOf(recovery, 'M-unknown')).toEqual([issue])
    expect(await eventsOf(recovery, impUid)).toEqual([{ id: `order_unknown:${impUid}` }])
    const [row] = await recovery.select(
      'SELECT snapshot FROM reconciliation_issues WHERE id = ?1',
      `order_unknown:${impUid}`,
    )
    expect(JSON.parse(String(row?.['snapshot']))).toEqual({
      impUid,
      merchantUid: 'M-unknown',
      status: 'paid',
      amount: { minor: 64_900, currency: 'KRW' },
      cancelled: { minor: 0, currency: 'KRW' },
      payMethod: 'card',
      pgProvider: 'html5_inicis',
    })
    await recovery.sweep(30)
    expect(await issuesOf(recovery, 'M-unknown')).toEqual([issue])
    expect(await eventsOf(recovery, impUid)).toEqual([{ id: `order_unknown:${impUid}` }])
  })

  it('is none when its order is created a moment after the payment', async () => {
    const recovery = createRecoveryFixture()
    await recovery.sweep(20)
    const impUid = await recovery.pay('M-moment')
    await recovery.sweep(4)
    await recovery.order('M-moment')
    await recovery.sweep(10)
    expect(await recovery.read('M-moment')).toMatchObject({ status: 'paid', impUid })
    expect(await issuesOf(recovery, 'M-moment')).toEqual([])
  })

  it('is closed by itself when its order appears and accounts for it, with an event', async () => {
    const recovery = createRecoveryFixture()
    await recovery.sweep(20)
    const impUid = await recovery.pay('M-appears')
    await recovery.sweep(10)
    await recovery.order('M-appears')
    await recovery.sweep(2)
    expect(await recovery.read('M-appears')).toMatchObject({ status: 'paid', impUid })
    expect(await issuesOf(recovery, 'M-appears')).toEqual([
      { id: `order_unknown:${impUid}`, policy: 'report', outcome: 'order_created', is_open: 0 },
    ])
    expect(await eventsOf(recovery, impUid)).toEqual([
      { id: `order_unknown:${impUid}` },
      { id: `order_unknown:${impUid}:order_created` },
    ])
  })

  it('stays open while the order that appears does not account for it', async () => {
    const recovery = createRecoveryFixture()
    await recovery.sweep(20)
    const impUid = await recovery.pay('M-other', { amount: 100 })
    await recovery.sweep(10)
    await recovery.order('M-other')
    await recovery.sweep(3)
    expect((await recovery.read('M-other')).status).toBe('pending')
    expect(await issuesOf(recovery, 'M-other')).toContainEqual({
      id: `order_unknown:${impUid}`,
      policy: 'report',
      outcome: null,
      is_open: 1,
    })
  })

  it('is reported after an outage of the provider, however long', async () => {
    const recovery = createRecoveryFixture()
    await recovery.sweep(20)
    await recovery.control('/faults', { fault: 'bad_gateway_html', path: '*', times: 'always' })
    const impUid = await recovery.pay('M-outage')
    await recovery.clock.advance(180 * minuteMs)
    await recovery.sweep(2)
    await recovery.control('/faults', {}, 'DELETE')
    await recovery.sweep(2)
    expect(await issuesOf(recovery, 'M-outage')).toMatchObject([{ id: `order_unknown:${impUid}` }])
  })

  it('is none of what was paid before this server was installed', async () => {
    const recovery = createRecoveryFixture()
    await recovery.pay('M-before')
    await recovery.clock.advance(120 * minuteMs)
    await recovery.sweep(15)
    expect(await issuesOf(recovery, 'M-before')).toEqual([])
  })

  it('is reported after the clock was a month ahead, and a run ended there without its release', async () => {
    const recovery = createRecoveryFixture()
    await recovery.sweep(20)
    const ahead = recovery.clock.now().getTime() + 30 * 24 * 60 * minuteMs
    await recovery.select('UPDATE cursors SET at = ?1, held_until = ?1', ahead)
    await recovery.sweep(2)
    const impUid = await recovery.pay('M-ahead')
    await recovery.sweep(10)
    expect(await issuesOf(recovery, 'M-ahead')).toMatchObject([{ id: `order_unknown:${impUid}` }])
    const [day] = await recovery.select("SELECT at FROM cursors WHERE name = 'reconciled'")
    expect(Number(day?.['at'])).toBeLessThan(recovery.clock.now().getTime())
  })
})
