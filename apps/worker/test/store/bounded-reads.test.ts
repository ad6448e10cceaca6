import { env } from 'cloudflare:workers'
import { type ImpUid, type MerchantUid, parseImpUid, parseMerchantUid } from '@quayside/core'
import { createD1Store } from '@quayside/sql/d1'
import { beforeAll, describe, expect, it } from 'vitest'
import { createMetered } from '../fixtures/metered-database.ts'

const rows = 100_000
const dayMs = 86_400_000
const start = new Date('2026-01-01T00:00:00Z')
/** One of the rows is written each minute, so that a day has 1,440 of them. */
const minuteMs = 60_000
const at = (minute: number) => new Date(start.getTime() + minute * minuteMs)
const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`

const { db, meter } = createMetered(env.DB)
const store = createD1Store(db, { now: () => at(rows + 1) })

function order(number: number): MerchantUid {
  const id = parseMerchantUid(`LARGE-${number}`)
  if (!id.ok) throw new TypeError(String(number))
  return id.value
}
function payment(number: number): ImpUid {
  const id = parseImpUid(`imp_${number}`)
  if (!id.ok) throw new TypeError(String(number))
  return id.value
}

/** The rows that an operation read. */
async function readBy(operation: () => Promise<{ readonly ok: boolean }>): Promise<number> {
  meter.rowsRead = 0
  const { ok } = await operation()
  if (!ok) throw new TypeError('The operation failed')
  return meter.rowsRead
}

beforeAll(async () => {
  const insert = (sql: string) => env.DB.prepare(`${numbers} ${sql}`).bind(start.getTime())
  const on = `?1 + i * ${minuteMs}`
  await env.DB.batch([
    insert(`INSERT INTO orders (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, status,
        imp_uid, cancelled, paid_at, sequence, created_at, updated_at)
      SELECT 'LARGE-' || i, 100, 'KRW', '[]', 'report', 'report', 'paid', 'imp_' || i, 0, ${on}, 1, ${on}, ${on}
      FROM n`),
    insert(`INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, tries, delivered_at)
      SELECT 'LARGE-' || i || ':1', 'LARGE-' || i, 1, 'paid', '{}', ${on}, 1, ${on} FROM n`),
    insert(`INSERT INTO attempts (imp_uid, merchant_uid, verdict, payment_merchant_uid, payment_status, amount,
        currency, cancelled, created_at)
      SELECT 'imp_' || i, 'LARGE-' || i, 'accepted', 'LARGE-' || i, 'paid', 100, 'KRW', 0, ${on} FROM n`),
    insert(`INSERT INTO attempts (imp_uid, merchant_uid, verdict, reason, payment_merchant_uid, payment_status,
        amount, currency, cancelled, created_at)
      SELECT 'imp_free', 'LARGE-' || i, 'refused', 'order_mismatch', 'OTHER', 'pending', 100, 'KRW', 0, ${on}
      FROM n`),
    insert(`INSERT INTO reconciliation_issues (id, kind, merchant_uid, imp_uid, policy, snapshot, created_at, closed_at)
      SELECT 'late_paid:imp_' || i, 'late_paid', 'LARGE-' || i, 'imp_' || i, 'report', '{}', ${on},
        CASE WHEN i % 2 = 0 THEN 1 END FROM n`),
    insert(`INSERT INTO cancels (imp_uid, balance, amount, currency, merchant_uid, asked_by, state,
        requested_at, settled_at)
      SELECT 'imp_' || i, 100, 100, 'KRW', 'LARGE-' || i, 'merchant', 'confirmed', ${on}, ${on} FROM n`),
    insert(`INSERT INTO revocations (imp_uid, merchant_uid, state, requested_at, settled_at)
      SELECT 'imp_' || i, 'LARGE-' || i, 'confirmed', ${on}, ${on} FROM n`),
  ])
})

describe('T69: with 100,000 rows in every table, an operation reads in proportion to what it returns:', () => {
  it('the orders paid on one day', async () => {
    const page = () => store.orderQueries.paidBetween(at(50_001), at(50_001 + 1_440), '')
    expect(await readBy(page)).toBeLessThanOrEqual(2 * 1_000 + 10)
    const found = await page()
    const minutes = found.ok ? found.value.map((each) => each.order.paidAt) : []
    expect(minutes).toEqual(Array.from({ length: 1_000 }, (_, index) => at(50_001 + index)))
  })

  it('the next page of a day, in which it is the last one', async () => {
    const page = () => store.orderQueries.paidBetween(at(51_000), at(51_441), order(51_000))
    expect(await readBy(page)).toBeLessThanOrEqual(2 * 440 + 10)
    const found = await page()
    expect(found.ok && found.value.length).toBe(440)
  })

  for (const by of ['created', 'paid'] as const) {
    it(`a page of the orders as they were ${by}, wherever it begins`, async () => {
      const lists = store.orderQueries
      const all = { by, from: null, to: null, status: null } as const
      const none = { ...all, status: 'expired' } as const
      const middle = { at: at(50_000).getTime(), merchantUid: 'LARGE-50000' }
      for (const after of [null, middle]) {
        expect(await readBy(() => lists.list(all, after, 50))).toBeLessThanOrEqual(4 * 50 + 10)
        expect(await readBy(() => lists.list(none, after, 50))).toBeLessThanOrEqual(4 * 500 + 10)
      }
      const day = { ...all, from: at(50_001), to: at(51_441) } as const
      expect(await readBy(() => lists.list(day, null, 50))).toBeLessThanOrEqual(4 * 50 + 10)
    })
  }

  it('a page of the orders whose id begins with a prefix', async () => {
    const lists = store.orderQueries
    for (const [prefix, status] of [
      ['LARGE-', null],
      ['LARGE-77', null],
      ['LARGE-', 'expired'],
    ] as const) {
      const after = { at: 0, merchantUid: `${prefix}5` }
      const scanned = status === null ? 50 : 500
      const page = () => lists.list({ by: 'id', prefix, status }, after, 50)
      expect(await readBy(page)).toBeLessThanOrEqual(4 * scanned + 10)
    }
  })

  it('a day on which nothing was paid', async () => {
    const nothing = () => store.orderQueries.paidBetween(at(-2_000), at(-1_000), '')
    expect(await readBy(nothing)).toBeLessThanOrEqual(5)
  })

  it('a hundred orders, and what was recorded of their payments', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => order(index + 1))
    expect(await readBy(() => store.orderQueries.orders(ids))).toBeLessThanOrEqual(310)
    const free = payment(0)
    const pairs = ids.map((merchantUid) => ({ impUid: free, merchantUid }))
    expect(await readBy(() => store.orderQueries.unacceptedAttempts(pairs))).toBeLessThanOrEqual(
      310,
    )
  })

  for (const state of ['pending', 'delivered', 'failed_permanently'] as const) {
    it(`a page of the events that are ${state}`, async () => {
      const page = () => store.outbox.list(state, 'LARGE-5:1', 50)
      expect(await readBy(page)).toBeLessThanOrEqual(110)
    })
  }

  it('a claim of events, and of every other kind of work, when nothing is due', async () => {
    const claims = [
      () => store.outbox.claim(50),
      () => store.pollSchedule.claim(100),
      () => store.cancels.claim(50),
      () => store.revocations.claim(50),
      () => store.reconciliationIssues.claim(50),
    ]
    for (const claim of claims) expect(await readBy(claim)).toBeLessThanOrEqual(5)
  })

  it('the results of tries', async () => {
    const found = await store.outbox.list('delivered', '', 20)
    const tries = (found.ok ? found.value : []).map((event) => ({
      event,
      result: { kind: 'failed', failure: 'receiver_timeout', dueAt: null } as const,
    }))
    expect(tries).toHaveLength(20)
    expect(await readBy(() => store.outbox.settle(tries))).toBeLessThanOrEqual(20 * 25)
  })

  for (const which of ['open', 'all'] as const) {
    it(`pages of ${which} issues, however far back`, async () => {
      const issues = store.reconciliationIssues
      expect(await readBy(() => issues.list(which, '', 50))).toBeLessThanOrEqual(260)
      expect(await readBy(() => issues.list(which, 'late_paid:imp_501', 50))).toBeLessThanOrEqual(
        260,
      )
    })
  }

  it('whether issues exist, and which of them an order accounts for', async () => {
    const issues = store.reconciliationIssues
    const ids = Array.from({ length: 100 }, (_, index) => `late_paid:imp_${index}`)
    expect(await readBy(() => issues.existing(ids))).toBeLessThanOrEqual(310)
    const orders = Array.from({ length: 100 }, (_, index) => order(index + 1))
    expect(await readBy(() => issues.accountedFor(orders))).toBeLessThanOrEqual(1_010)
  })

  it('the cancels and revocations of an order', async () => {
    expect(await readBy(() => store.cancels.ofOrder(order(7)))).toBeLessThanOrEqual(4)
    expect(await readBy(() => store.revocations.ofOrder(order(7)))).toBeLessThanOrEqual(4)
  })

  it('what happened to an order', async () => {
    const found = await store.orders.find(order(7))
    if (!found.ok) throw new TypeError(found.failure.reason)
    const read = () => store.orderHistories.read(found.value, null, 50)
    expect(await readBy(read)).toBeLessThanOrEqual(25)
    const page = await read()
    const kinds = page.ok ? page.value.entries.map(({ kind }) => kind) : []
    expect(kinds).toEqual([
      'attempt',
      'attempt',
      'reconciliation_issue',
      'event',
      'cancel',
      'revocation',
    ])
  })

  it('a step of the retention', async () => {
    const { retention } = store
    const before = new Date(start.getTime() + dayMs)
    expect(await readBy(() => retention.deleteDeliveredEvents(before, 500))).toBeLessThanOrEqual(
      2_600,
    )
    expect(await readBy(() => retention.deleteRefusals(before, 500))).toBeLessThanOrEqual(2_600)
    expect(await readBy(() => retention.deleteDeliveredEvents(start, 500))).toBeLessThanOrEqual(5)
  })
})
