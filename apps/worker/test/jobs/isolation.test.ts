import { env } from 'cloudflare:workers'
import { createClient } from '@quayside/client'
import { createD1Store } from '@quayside/sql/d1'
import { beforeEach, describe, expect, it } from 'vitest'
import { pollOpenOrders } from '../../../../packages/server/src/jobs/orders/poll-open-orders.ts'
import { pollPaymentList } from '../../../../packages/server/src/jobs/payment-lists/poll-payment-lists.ts'
import { reconcile } from '../../../../packages/server/src/jobs/payment-lists/reconcile.ts'
import { unlimitedBudget } from '../../../../packages/server/src/run-budget.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { createFailing } from '../fixtures/failing-database.ts'
import { createProviderList, type ListedPayment } from '../fixtures/provider-list.ts'
import { clearCursors, createRecoveryFixture, minuteMs, start } from '../fixtures/recovery.ts'

type Recovery = ReturnType<typeof createRecoveryFixture>
type Respond = (request: Request) => Response | Promise<Response>

const hourMs = 60 * minuteMs
const seconds = Math.floor(start.getTime() / 1_000)
const paymentsOf = (ids: readonly string[]): readonly ListedPayment[] =>
  ids.map((id, index) => ({
    imp_uid: `imp_${id.replaceAll('-', '')}`,
    merchant_uid: id,
    amount: 64_900,
    paid_at: seconds + index,
  }))

/** The recovery's dependencies with another provider. */
function withProvider({ deps, clock }: Recovery, fetch: Respond) {
  const now = () => clock.now().getTime()
  const random = () => 0
  const client = createClient({ key: 'k', secret: 's', fetch, now, random, sleep: immediateSleep })
  return { ...deps, client }
}
const statuses = (recovery: Recovery, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await recovery.read(id)).status))
const linesOf = ({ lines }: Recovery, event: string) =>
  lines.filter((line) => line['event'] === event)

beforeEach(async () => {
  await clearCursors()
  await env.DB.prepare('DELETE FROM poll_schedule').run()
})

describe('T70: one id that the provider cannot serve', () => {
  const failures: readonly (readonly [string, () => Response])[] = [
    ['an error page', () => new Response('<html>', { status: 502 })],
    [
      'an error of its own',
      () => Response.json({ code: -1, message: 'x', response: null }, { status: 500 }),
    ],
    ['a refusal', () => Response.json({ code: 1, message: 'x', response: null })],
    ['no JSON', () => new Response('<html>')],
  ]
  it.each(failures)('%s keeps no other order of its batch waiting', async (name, respond) => {
    const recovery = createRecoveryFixture()
    const prefix = `ISO-${name.length}`
    const ids = Array.from({ length: 60 }, (_, index) => `${prefix}-${index}`)
    const bad = ids[37] ?? ''
    for (const id of ids) await recovery.order(id)
    const provider = createProviderList(paymentsOf(ids))
    const deps = withProvider(recovery, (request) =>
      new URL(request.url).searchParams.getAll('merchant_uid[]').includes(bad)
        ? respond()
        : provider.fetch(request),
    )
    await recovery.clock.advance(minuteMs)
    const result = await pollOpenOrders(deps)
    expect(result.polled).toBe(60)
    expect(await statuses(recovery, ids)).toEqual(
      ids.map((id) => (id === bad ? 'pending' : 'paid')),
    )
    expect(linesOf(recovery, 'payment_unreadable')).toEqual([
      { event: 'payment_unreadable', merchantUid: bad },
    ])
  })

  it('is not taken for a fault of the ids when the provider is away: few calls, and all stay due', async () => {
    const recovery = createRecoveryFixture()
    const ids = Array.from({ length: 60 }, (_, index) => `ISO-away-${index}`)
    for (const id of ids) await recovery.order(id)
    let calls = 0
    const token = createProviderList([])
    const deps = withProvider(recovery, (request) => {
      if (request.url.endsWith('/users/getToken')) return token.fetch(request)
      calls += 1
      return new Response('', { status: 503 })
    })
    await recovery.clock.advance(minuteMs)
    expect(await pollOpenOrders(deps)).toMatchObject({ polled: 0, changed: 0 })
    expect(calls).toBeLessThanOrEqual(10)
    expect(linesOf(recovery, 'payment_unreadable')).toEqual([])
    const due = await recovery.select(
      'SELECT count(*) AS n FROM poll_schedule WHERE due_at <= ?1',
      recovery.clock.now().getTime(),
    )
    expect(due).toEqual([{ n: 60 }])
  })

  for (const position of [0, 25, 59]) {
    it.each(failures.filter(([name]) => name !== 'a refusal'))(
      `of a payment list: %s at position ${position} keeps no other payment waiting`,
      async (name, respond) => {
        const recovery = createRecoveryFixture()
        const ids = Array.from(
          { length: 60 },
          (_, index) => `ISO-${name.length}p${position}-${index}`,
        )
        for (const id of ids) await recovery.order(id)
        const bad = ids[position]
        const provider = createProviderList(paymentsOf(ids))
        const deps = withProvider(recovery, async (request) => {
          const response = provider.fetch(request)
          const text = await response.clone().text()
          return text.includes(`"${bad}"`) ? respond() : response
        })
        await recovery.clock.advance(2 * minuteMs)
        await pollPaymentList('paid', deps)
        expect(await statuses(recovery, ids)).toEqual(
          ids.map((id) => (id === bad ? 'pending' : 'paid')),
        )
        // Once in each window, and two when one ends in its second.
        expect([1, 2]).toContain(linesOf(recovery, 'payment_unreadable').length)
      },
    )
  }

  it('of a payment list is not taken for one when the provider is away: four calls, and the list is read again', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('ISO-list-away')
    const provider = createProviderList(paymentsOf(['ISO-list-away']))
    let isAway = true
    let calls = 0
    const deps = withProvider(recovery, (request) => {
      if (!isAway || request.url.endsWith('/users/getToken')) return provider.fetch(request)
      calls += 1
      return new Response('', { status: 503 })
    })
    await recovery.clock.advance(minuteMs)
    expect(await pollPaymentList('paid', deps)).toMatchObject({ failure: 'server_error' })
    // Each is repeated once.
    expect(calls).toBeLessThanOrEqual(8)
    expect(linesOf(recovery, 'payment_unreadable')).toEqual([])
    isAway = false
    await recovery.clock.advance(60 * minuteMs)
    await pollPaymentList('paid', deps)
    expect(await statuses(recovery, ['ISO-list-away'])).toEqual(['paid'])
  })

  it('of a payment list: a record that cannot be parsed is named in the log, and the others are recorded', async () => {
    const recovery = createRecoveryFixture()
    const ids = ['ISO-list-0', 'ISO-list-1', 'ISO-list-2']
    for (const id of ids) await recovery.order(id)
    const listed = paymentsOf(ids).map((each, index) =>
      index === 1 ? { ...each, amount: Number.MAX_VALUE } : each,
    )
    const provider = createProviderList(listed)
    await recovery.clock.advance(minuteMs)
    await pollPaymentList('paid', withProvider(recovery, provider.fetch))
    expect(await statuses(recovery, ids)).toEqual(['paid', 'pending', 'paid'])
    expect(linesOf(recovery, 'record_malformed')).toEqual([
      {
        event: 'record_malformed',
        field: 'amount',
        impUid: 'imp_ISOlist1',
        merchantUid: 'ISO-list-1',
      },
    ])
  })

  it('of the daily comparison: a payment that is too large alone is not reported as missing', async () => {
    const recovery = createRecoveryFixture()
    const ids = ['ISO-day-0', 'ISO-day-1', 'ISO-day-2']
    for (const id of ids) await recovery.order(id)
    const payments = paymentsOf(ids)
    await recovery.clock.advance(minuteMs)
    await pollPaymentList('paid', withProvider(recovery, createProviderList(payments).fetch))
    expect(await statuses(recovery, ids)).toEqual(['paid', 'paid', 'paid'])

    // The provider lists none of them. It has the first; the second is too large; the third does not exist.
    const provider = createProviderList(
      payments.slice(0, 1).map((each) => ({ ...each, paid_at: 1 })),
    )
    const deps = withProvider(recovery, (request) =>
      new URL(request.url).searchParams.getAll('imp_uid[]').includes('imp_ISOday1')
        ? new Response('x'.repeat(1024 * 1024 + 1))
        : provider.fetch(request),
    )
    await recovery.deps.store.cursors.acquire('reconciled', new Date(start.getTime() - hourMs))
    await recovery.clock.advance(25 * hourMs)
    await reconcile(deps, unlimitedBudget)
    const issues = await recovery.select(
      "SELECT id FROM reconciliation_issues WHERE merchant_uid LIKE 'ISO-day-%'",
    )
    expect(issues).toEqual([{ id: 'payment_missing:imp_ISOday2' }])
    expect(linesOf(recovery, 'payment_unreadable')).toEqual([
      { event: 'payment_unreadable', impUid: 'imp_ISOday1' },
    ])
  })
})

describe('T70: one row that the database refuses', () => {
  const message = 'D1_ERROR: string or blob too big: SQLITE_TOOBIG'

  it('does not hold the list: the others are recorded, the cursor moves, and its money is an issue', async () => {
    const recovery = createRecoveryFixture()
    const ids = ['ISO-row-0', 'ISO-row-1', 'ISO-row-2']
    for (const id of ids) await recovery.order(id)
    const provider = createProviderList(paymentsOf(ids))
    const db = createFailing(env.DB, '"imp_uid":"imp_ISOrow1","paid_amount', message)
    const store = createD1Store(db, { now: recovery.deps.now })
    const deps = { ...withProvider(recovery, provider.fetch), store }
    await recovery.clock.advance(minuteMs)
    const fields = await pollPaymentList('paid', deps)
    expect(fields).toMatchObject({ changed: 3, remaining: 0 })
    expect(await statuses(recovery, ids)).toEqual(['paid', 'pending', 'paid'])
    expect(linesOf(recovery, 'payment_not_recorded')).toEqual([
      {
        event: 'payment_not_recorded',
        merchantUid: 'ISO-row-1',
        impUid: 'imp_ISOrow1',
        cause: `Error: ${message}`,
      },
    ])
    expect(
      await recovery.select(
        "SELECT id FROM reconciliation_issues WHERE merchant_uid LIKE 'ISO-row-%'",
      ),
    ).toEqual([{ id: 'mismatch_paid:imp_ISOrow1' }])
    const [cursor] = await recovery.select("SELECT at FROM cursors WHERE name = 'paid'")
    expect(cursor).toEqual({ at: start.getTime() - 9 * minuteMs })
  })

  it('is recorded once the database takes it, and its issue is closed, with an event', async () => {
    const recovery = createRecoveryFixture()
    await recovery.order('ISO-taken-0')
    const { fetch } = createProviderList(paymentsOf(['ISO-taken-0']))
    const deps = withProvider(recovery, fetch)
    const db = createFailing(env.DB, '"imp_uid":"imp_ISOtaken0","paid_amount', message)
    const store = createD1Store(db, { now: recovery.deps.now })
    await recovery.clock.advance(minuteMs)
    await pollPaymentList('paid', { ...deps, store })
    const issues = () =>
      recovery.select(
        "SELECT id, outcome FROM reconciliation_issues WHERE merchant_uid = 'ISO-taken-0'",
      )
    const id = 'mismatch_paid:imp_ISOtaken0'
    expect(await issues()).toEqual([{ id, outcome: null }])

    await pollPaymentList('paid', deps)
    await recovery.clock.advance(hourMs)
    await pollOpenOrders(deps)
    expect(await statuses(recovery, ['ISO-taken-0'])).toEqual(['paid'])
    expect(await issues()).toEqual([{ id, outcome: 'payment_accepted' }])
    expect(
      await recovery.select("SELECT id FROM outbox WHERE id LIKE 'mismatch_paid:imp_ISOtaken0%'"),
    ).toEqual([{ id }, { id: `${id}:payment_accepted` }])
  })

  it('does not hide the others when it cannot even be read', async () => {
    const recovery = createRecoveryFixture()
    const ids = Array.from({ length: 20 }, (_, index) => `ISO-read-${index}x`)
    for (const id of ids) await recovery.order(id)
    const provider = createProviderList(paymentsOf(ids))
    const db = createFailing(env.DB, '"ISO-read-7x"', message)
    const store = createD1Store(db, { now: recovery.deps.now })
    const deps = { ...withProvider(recovery, provider.fetch), store }
    await recovery.clock.advance(minuteMs)
    await pollPaymentList('paid', deps)
    expect(await statuses(recovery, ids)).toEqual(
      ids.map((id) => (id === 'ISO-read-7x' ? 'pending' : 'paid')),
    )
    expect(linesOf(recovery, 'order_unreadable')).toEqual([
      { event: 'order_unreadable', merchantUid: 'ISO-read-7x', cause: `Error: ${message}` },
    ])
  })
})
