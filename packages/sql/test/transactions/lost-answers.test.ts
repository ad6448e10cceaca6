import { applyChange, type Order, ok, type Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { merchantUid, money, record, take, verified } from '../../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, mysqlUrl, postgresUrl } from '../databases.ts'
import { type Cut, createCuttingProxy } from './cutting-proxy.ts'

const clock = {
  at: new Date('2026-11-22T03:00:00.000Z'),
  advance(ms: number) {
    this.at = new Date(this.at.getTime() + ms)
  },
}
const settings = { now: () => clock.at }

const open = async (store: Store, id: string): Promise<Order> => {
  const expected = { merchantUid: merchantUid(id), amount: money(64_900), allowances: [] }
  return take(await store.orders.create(expected, null)).order
}
const paying = (order: Order, uid: string) => ({
  order,
  payment: verified(record({ merchant_uid: order.merchantUid, imp_uid: uid })),
  to: 'paid' as const,
})
const eventsOf = async (store: Store, id: string): Promise<number> => {
  const events = take(await store.outbox.list('pending', '', 1_000))
  return events.filter((event) => event.merchantUid === id).length
}
const reasonOf = (result: Result<unknown, { readonly reason: string }>) =>
  result.ok ? null : result.failure.reason

const losses: readonly { readonly cuts: readonly Cut[]; readonly isKnown: boolean }[] = [
  { cuts: ['before'], isKnown: true },
  { cuts: ['after'], isKnown: true },
  { cuts: ['before', 'before'], isKnown: false },
  { cuts: ['before', 'after'], isKnown: false },
  { cuts: ['after', 'before'], isKnown: false },
  { cuts: ['after', 'after'], isKnown: false },
]

/** Declares the tests of one database; `cut` loses the connections of the next commits of `remote`. */
function lostAnswers(local: Store, remote: Store, cut: (...cuts: readonly Cut[]) => void): void {
  for (const { cuts, isKnown } of losses) {
    const id = `ORD-${cuts.join('-')}`

    it(`T15: records once when commits are lost ${cuts.join(', then ')}`, async () => {
      const order = await open(local, id)
      const change = paying(order, `imp_${cuts.join('_')}`)
      cut(...cuts)
      const first = await remote.orders.record(change)
      expect(reasonOf(first)).toBe(isKnown ? null : 'store_unavailable')
      expect(await remote.orders.record(change)).toEqual(ok(applyChange(change)))
      expect(await local.orders.find(order.merchantUid)).toEqual(ok(applyChange(change)))
      expect(await eventsOf(local, id)).toBe(1)
    })

    it(`T15: records an unmatched payment once when commits are lost ${cuts.join(', then ')}`, async () => {
      const other = `${id}-unmatched`
      const opened = await open(local, other)
      const paid = take(await local.orders.record(paying(opened, `imp_${other}-a`)))
      const { payment } = paying(paid, `imp_${other}-b`)
      const attempt = { order: paid, payment, outcome: 'duplicate_paid' } as const
      cut(...cuts)
      const first = await remote.orders.recordAttempt(attempt)
      expect(reasonOf(first)).toBe(isKnown ? null : 'store_unavailable')
      // Like `syncPayment`: tries again with the order that is returned, until the attempt is recorded.
      let current: Order | null = paid
      while (current !== null) {
        current = take(await remote.orders.recordAttempt({ ...attempt, order: current }))
      }
      expect(await local.orders.find(opened.merchantUid)).toEqual(ok({ ...paid, sequence: 2 }))
      expect(await eventsOf(local, other)).toBe(2)
    })
  }

  it('T15: a lease whose commit is lost is not repeated, and ends by itself', async () => {
    const start = new Date('2026-11-01T00:00:00.000Z')
    cut('after')
    expect(reasonOf(await remote.cursors.acquire('paid', start))).toBe('store_unavailable')
    expect(await remote.cursors.acquire('paid', start)).toEqual(ok(null))
    clock.advance(50_000)
    expect(await remote.cursors.acquire('paid', start)).toEqual(ok(start))
  })
}

const postgres = await createPostgresDatabase()
const postgresProxy = await createCuttingProxy(postgresUrl)
describe.skipIf(postgres.isMissing)(`PostgreSQL: a connection that is lost${postgres.note}`, () => {
  const { url, pool: direct } = postgres
  const pool = new pg.Pool({ connectionString: postgresProxy.through(url), max: 4 })
  pool.on('error', () => undefined)
  afterAll(async () => {
    await pool.end()
    await postgresProxy.close()
    await postgres.drop()
  })
  const local = createPostgresStore(direct, settings)
  lostAnswers(local, createPostgresStore(pool, settings), postgresProxy.cut)

  it('T15: records once when the server ends every connection', async () => {
    const order = await open(local, 'ORD-ended')
    const change = paying(order, 'imp_ended')
    await Promise.all([
      direct.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`),
      ...Array.from({ length: 8 }, () => local.orders.record(change)),
    ])
    expect(await local.orders.record(change)).toEqual(ok(applyChange(change)))
    expect(await eventsOf(local, 'ORD-ended')).toBe(1)
  })
})

const mysql = await createMysqlDatabase()
const mysqlProxy = await createCuttingProxy(mysqlUrl)
describe.skipIf(mysql.isMissing)(`MySQL or MariaDB: a connection that is lost${mysql.note}`, () => {
  const { url, pool: direct } = mysql
  const pool = createPool({ uri: mysqlProxy.through(url) })
  afterAll(async () => {
    await pool.end()
    await mysqlProxy.close()
    await mysql.drop()
  })
  lostAnswers(createMysqlStore(direct, settings), createMysqlStore(pool, settings), mysqlProxy.cut)
})
