import { DatabaseSync } from 'node:sqlite'
import { fail, ok } from '@quayside/core'
import { expect, it } from 'vitest'
import { take } from '../../../core/fixtures/sample.ts'
import { copyDatabase, migrateSqlite, type OpenDatabase } from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase, tables } from '../databases.ts'

// A shop that moves from one database to another.

/** More rows than one transaction copies, and pairs of one payment with several orders. */
const orders = 450

/** A value in every column: the largest integers, text that is hard to copy. */
function fill(database: DatabaseSync): void {
  database.exec(`
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${orders})
    INSERT INTO orders SELECT printf('ORD-%d', n), ${Number.MAX_SAFE_INTEGER}, 'KRW', '[]', 'refund', 'report',
      '𠮷野家 ''"\\ ' || n, 'paid', printf('imp_%d', n), 'card', n, 'bank', '0123', '가나다', n, n, NULL, n, 'reason',
      'https://receipt.example', n, n, n, n, n, n, NULL, '{}', 'second~A01',
      '[{"name": "책 ''\\" ' || n || '"}]' FROM numbers;
    INSERT INTO attempts SELECT printf('imp_%d', n % 3), merchant_uid, 'refused', 'amount_mismatch', merchant_uid, 'paid',
      n, 'KRW', 0, 'card', NULL, n % 2, n FROM (SELECT *, cancelled AS n FROM orders);
    INSERT INTO outbox SELECT merchant_uid || ':1', merchant_uid, 1, 'paid', '{"a": 1}', 5, 6, 7, 'failure', NULL FROM orders;
    INSERT INTO cancels SELECT imp_uid, cancelled, 1, 'KRW', merchant_uid, 'policy', 'unknown', NULL, 1, NULL, 2, NULL, 3 FROM orders;
    INSERT INTO revocations SELECT imp_uid, merchant_uid, 'confirmed', 'detail', 1, 2, NULL FROM orders;
    INSERT INTO reconciliation_issues SELECT 'late_paid:' || imp_uid, 'late_paid', merchant_uid, imp_uid, 'refund', '{}',
      NULL, 1, 2, 3, NULL FROM orders;
    INSERT INTO poll_schedule SELECT merchant_uid, 1 FROM orders;
    INSERT INTO cursors VALUES ('paid', 1, 2);

    INSERT INTO subscriptions SELECT 's' || n, 'c/' || n, '구독', '{}', 'active', '{}', '{"a": 1}', n, n, NULL, 1, 2,
      'second~A01', '{"buyer_name": "가"}' FROM (SELECT cancelled AS n FROM orders);
    INSERT INTO subscription_attempts SELECT 'sub-s-1-' || n, 's' || n, 1, n, 'open', '{}', n % 2, 1, 2
      FROM (SELECT cancelled AS n FROM orders);
  `)
}

function count(database: DatabaseSync): number {
  const counts = tables.map((table) => {
    const row = database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()
    return Number(row?.['rows'])
  })
  return counts.reduce((sum, each) => sum + each, 0)
}

const read = (database: DatabaseSync) =>
  tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all())

it('everything is the same after a copy from SQLite to PostgreSQL, MariaDB and back', async ({
  skip,
}) => {
  const [postgres, mysql] = [await createPostgresDatabase(), await createMysqlDatabase()]
  if (postgres.isMissing || mysql.isMissing) return skip(`${postgres.note}${mysql.note}`)
  const [first, last] = [new DatabaseSync(':memory:'), new DatabaseSync(':memory:')]
  for (const database of [first, last]) take(await migrateSqlite(database))
  fill(first)
  const path: readonly OpenDatabase[] = [
    { kind: 'sqlite', database: first },
    { kind: 'postgres', pool: postgres.pool },
    { kind: 'mysql', pool: mysql.pool },
    { kind: 'sqlite', database: last },
  ]
  for (const [i, to] of path.entries()) {
    const from = path[i - 1]
    if (from === undefined) continue
    const pages: (readonly [string, number])[] = []
    const copied = await copyDatabase(from, to, (table, rows) => pages.push([table, rows]))
    expect(copied).toEqual(ok(count(first)))
    expect(pages.filter(([table]) => table === 'orders')).toEqual([
      ['orders', 200],
      ['orders', 400],
      ['orders', 450],
    ])
  }
  expect(read(last)).toEqual(read(first))
  await postgres.drop()
  await mysql.drop()
})

it('a database with rows is not written to', async () => {
  const database = new DatabaseSync(':memory:')
  take(await migrateSqlite(database))
  fill(database)
  const before = read(database)
  const same: OpenDatabase = { kind: 'sqlite', database }
  const failure = { reason: 'target_not_empty', table: 'orders' } as const
  expect(await copyDatabase(same, same)).toEqual(fail(failure))
  expect(read(database)).toEqual(before)
})
