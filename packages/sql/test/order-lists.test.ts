import type { OrderPosition, OrderSelection } from '@quayside/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Driver, Row, Statement } from '../src/driver.ts'
import { mysql } from '../src/mysql/dialect.ts'
import { createMysqlDriver } from '../src/mysql/driver.ts'
import { postgres } from '../src/postgres/dialect.ts'
import { createPostgresDriver } from '../src/postgres/driver.ts'
import { createOrderLists } from '../src/store/orders/order-lists.ts'
import { createMysqlDatabase, createPostgresDatabase } from './databases.ts'

// D1 counts rows itself: apps/worker/test/store/bounded-reads.test.ts.

const rows = 20_000
const day = 86_400_000
const columns = `(merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, status, imp_uid, cancelled,
  paid_at, sequence, created_at, updated_at)`
/** An order each minute; a tenth of them in one millisecond, as after an import. Every fifth is not paid. */
const valuesOf = (
  i: string,
  id: string,
  impUid: string,
) => `SELECT ${id}, 100, 'KRW', '[]', 'report', 'report',
  CASE WHEN ${i} % 5 = 0 THEN 'pending' ELSE 'paid' END, ${impUid}, 0,
  CASE WHEN ${i} % 5 = 0 THEN NULL ELSE ${i} * 60000 END, 1,
  CASE WHEN ${i} % 10 = 0 THEN ${(rows / 2) * 60_000} ELSE ${i} * 60000 END, 1`

const inMiddle: OrderPosition = { at: (rows / 2) * 60_000, merchantUid: 'ORD-5000' }
const requests: readonly (readonly [string, OrderSelection, OrderPosition | null])[] = (
  ['created', 'paid'] as const
).flatMap((by) => {
  const all = { by, from: null, to: null, status: null }
  return [
    [`first page as they were ${by}`, all, null] as const,
    [`page in the middle as they were ${by}`, all, inMiddle] as const,
    [
      `page of a day as they were ${by}`,
      { ...all, from: new Date(day), to: new Date(2 * day) },
      null,
    ],
    [
      `page of a status that no order has, as they were ${by}`,
      { ...all, status: 'expired' },
      inMiddle,
    ],
  ] as const
})
const byId: readonly (readonly [string, OrderSelection, OrderPosition | null])[] = [
  ['first page of a prefix', { by: 'id', prefix: 'ORD-1', status: null }, null],
  [
    'page in the middle of a prefix',
    { by: 'id', prefix: 'ORD-1', status: null },
    { at: 0, merchantUid: 'ORD-15' },
  ],
  [
    'page of a prefix with a status that no order has',
    { by: 'id', prefix: 'ORD-', status: 'expired' },
    null,
  ],
]
const count = 50

/** Returns the statement that a list sends. */
async function statementOf(
  texts: Parameters<typeof createOrderLists>[1],
  selection: OrderSelection,
  after: OrderPosition | null,
): Promise<Statement> {
  const sent: Statement[] = []
  const recorder: Driver = {
    async run(statements) {
      sent.push(...statements)
      return []
    },
    classify: () => 'refused',
  }
  expect((await createOrderLists(recorder, texts)(selection, after, count)).ok).toBe(true)
  const [statement] = sent
  if (statement === undefined) throw new TypeError('Nothing was sent')
  return statement
}

/** What a page may read at most: each order that it looks at, a few times over. */
const bound = ({ status }: OrderSelection) => 4 * (status === null ? count : 10 * count) + 10

describe('lists of orders on PostgreSQL', async () => {
  const database = await createPostgresDatabase()
  const driver = createPostgresDriver(database.pool)
  beforeAll(async () => {
    if (database.isMissing) return
    await database.pool.query(`INSERT INTO orders ${columns}
      ${valuesOf('i', "'ORD-' || i", "'imp_' || i")} FROM generate_series(1::bigint, ${rows}) AS i`)
    await database.pool.query('ANALYZE orders')
  })
  afterAll(() => database.drop())

  it.skipIf(database.isMissing).each([...requests, ...byId])(
    'T69: the %s reads an index, in proportion to the page',
    async (_, selection, after) => {
      const { text, values } = await statementOf(postgres.orderLists, selection, after)
      const explained = { text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values }
      const [outcome] = await driver.run([explained])
      const plan: readonly { readonly Plan: Plan }[] = JSON.parse(
        String(outcome?.rows[0]?.['QUERY PLAN']),
      )
      const scans = plan.flatMap(({ Plan: root }) => scansOf(root))
      expect(scans.map((scan) => scan['Node Type'])).toEqual(['Index Scan'])
      const read = scans.map((scan) => scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0))
      expect(read[0]).toBeLessThanOrEqual(bound(selection))
    },
  )
})

interface Plan {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Plan[]
}

function scansOf(plan: Plan): readonly Plan[] {
  const own = plan['Node Type'].includes('Scan') && plan['Node Type'] !== 'Subquery Scan'
  return [...(own ? [plan] : []), ...(plan.Plans ?? []).flatMap(scansOf)]
}

describe('lists of orders on MySQL or MariaDB', async () => {
  const database = await createMysqlDatabase()
  const driver = createMysqlDriver(database.pool)
  beforeAll(async () => {
    if (database.isMissing) return
    const digits = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS d`).join(
      ' UNION ALL ',
    )
    const digit = (name: string) => `(${digits}) AS ${name}`
    await database.pool.query(`INSERT INTO orders ${columns}
      ${valuesOf('i', "CONCAT('ORD-', i)", "CONCAT('imp_', i)")} FROM (
        SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d AS i
        FROM ${['a', 'b', 'c', 'd', 'e'].map(digit).join(', ')}
      ) AS numbers WHERE i <= ${rows}`)
    await database.pool.query('ANALYZE TABLE orders')
  })
  afterAll(() => database.drop())

  it.skipIf(database.isMissing).each([...requests, ...byId])(
    'T69: the %s reads an index, in proportion to the page',
    async (_, selection, after) => {
      const statement = await statementOf(mysql.orderLists, selection, after)
      const readOf = { text: `SHOW SESSION STATUS LIKE 'Handler_read%'`, values: [] }
      const outcomes = await driver.run([readOf, statement, readOf])
      const [before = 0, , then = 0] = outcomes.map(({ rows: found }) => readsIn(found))
      expect(then - before).toBeLessThanOrEqual(2 * bound(selection))
    },
  )
})

function readsIn(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + Number(row['Value']), 0)
}
