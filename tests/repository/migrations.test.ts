import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { migrateSqlite } from '@quayside/sql'
import { describe, expect, it } from 'vitest'
import type { SqlCall } from '../simulation/worker/bindings/d1.ts'
import { Sqlite } from '../simulation/worker/bindings/sqlite.ts'

const folder = 'packages/sql/migrations/d1'
const migrations = readdirSync(folder).sort()
const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8')

/** A deployed database before a migration, with a pending event and a refused payment. */
function openBefore(name: string) {
  const db = new DatabaseSync(':memory:')
  for (const each of migrations.filter((other) => other < name)) db.exec(read(each))
  db.exec(`INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
    VALUES ('A:1', 'A', 1, 'paid', '{"status":"paid"}', 1, 2, 3)`)
  db.exec(`INSERT INTO attempts VALUES
    ('imp_1', 'A', 'refused', 'amount_mismatch', 'A', 'paid', 100, 'KRW', 0, 'card', 'nice', 0, 1)`)
  const all = (sql: string) => db.prepare(sql).all()
  return { db, all }
}

/** Rows of every kind of table that grows, with the columns that have no default. */
const rowsOf: Readonly<Record<string, string>> = {
  orders: `(merchant_uid, amount, currency, allowances, policy_late, policy_stray, status, cancelled, paid_at,
      sequence, created_at, updated_at)
    SELECT 'O-' || i, 100, 'KRW', '[]', 'report', 'report', 'paid', 0, i, 1, 1, 1`,
  outbox: `(id, merchant_uid, sequence, kind, payload, created_at, tries, delivered_at)
    SELECT 'O-' || i || ':1', 'O-' || i, 1, 'paid', '{}', 1, 1, i`,
  attempts: `(imp_uid, merchant_uid, verdict, reason, payment_merchant_uid, payment_status, amount, currency,
      cancelled, created_at)
    SELECT 'imp_' || i, 'O-' || i, 'refused', 'amount_mismatch', 'O-' || i, 'paid', 100, 'KRW', 0, i`,
  looks: "(merchant_uid, due_at) SELECT 'O-' || i, i",
  exceptions: `(id, kind, merchant_uid, imp_uid, policy, evidence, created_at)
    SELECT 'late_paid:imp_' || i, 'late_paid', 'O-' || i, 'imp_' || i, 'report', '{}', i`,
  cancels: `(imp_uid, balance, amount, currency, merchant_uid, asked_by, state, requested_at, due_at)
    SELECT 'imp_' || i, 100, 100, 'KRW', 'O-' || i, 'merchant', 'requested', i, i`,
  revocations: `(imp_uid, merchant_uid, state, requested_at, due_at)
    SELECT 'imp_' || i, 'O-' || i, 'requested', i, i`,
}
const rows = 100_000

describe('all migrations', () => {
  it('T67: write no row of a large database again', () => {
    const db = new DatabaseSync(':memory:')
    const changes = () => Number(db.prepare('SELECT total_changes() AS n').get()?.['n'])
    const filled = new Set<string>()
    const written = migrations.map((name) => {
      const before = changes()
      db.exec(read(name))
      const own = changes() - before
      for (const [table, values] of Object.entries(rowsOf)) {
        const find = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
        if (filled.has(table) || find.get(table) === undefined) continue
        filled.add(table)
        db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
          INSERT INTO ${table} ${values} FROM n`)
      }
      return [name, own]
    })
    expect([...filled].toSorted()).toEqual(Object.keys(rowsOf).toSorted())
    expect(written).toEqual(migrations.map((name) => [name, 0]))
  })

  it('T23: end with the same schema as on a database that ran the earlier versions of two of them', () => {
    const earlier = 'tests/repository/earlier-migrations'
    const replaced = readdirSync(earlier).filter((name) => name.endsWith('.sql'))
    const toSchema = (texts: readonly string[]) => {
      const db = new DatabaseSync(':memory:')
      for (const text of texts) db.exec(text)
      return db
        .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
        .all()
        .map((row) => ({
          ...row,
          sql: String(row['sql']).replace(/^CREATE TABLE "(\w+)"/, 'CREATE TABLE $1'),
        }))
    }
    const before = migrations.map((name) =>
      replaced.includes(name) ? readFileSync(`${earlier}/${name}`, 'utf8') : read(name),
    )
    expect(toSchema(before)).toEqual(toSchema(migrations.map(read)))
  })

  it('T23: accept what an older deployment writes, and what a newer one adds', () => {
    const { db, all } = openBefore('9999')
    const columns = '(id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)'
    db.exec(`INSERT INTO outbox ${columns} VALUES ('A:2', 'A', 2, 'cancelled', '{}', 1, 1, 0)`)
    db.exec(`INSERT INTO outbox ${columns}
      VALUES ('mismatch_paid:imp_1', NULL, NULL, 'exception', '{}', 1, 1, 0)`)
    db.exec(`INSERT INTO attempts VALUES
      ('imp_2', 'A', 'given_back', NULL, 'A', 'cancelled', 100, 'KRW', 100, 'card', 'nice', 0, 1)`)
    expect(all('SELECT id FROM outbox ORDER BY id')).toHaveLength(3)
    const wrong = [
      "('A:3', NULL, 3, 'paid'",
      "('x', 'A', 1, 'exception'",
      "('A:4', 'A', NULL, 'paid'",
    ]
    for (const values of wrong) {
      expect(() =>
        db.exec(`INSERT INTO outbox ${columns} VALUES ${values}, '{}', 1, 1, 0)`),
      ).toThrow(/CHECK constraint failed/)
    }
  })
})

describe('0004_refunded.sql', () => {
  const name = migrations.find((each) => each.startsWith('0004')) ?? ''

  it('T23: renames one outcome of issues and changes nothing else', () => {
    const { db, all } = openBefore(name)
    const columns =
      '(id, kind, merchant_uid, imp_uid, policy, evidence, outcome, tries, created_at, closed_at)'
    for (const [id, outcome, closedAt] of [
      ['a', "'given_back'", 2],
      ['b', "'cancel_refused'", 'NULL'],
      ['c', 'NULL', 'NULL'],
    ]) {
      db.exec(`INSERT INTO exceptions ${columns}
        VALUES ('${id}', 'late_paid', 'A', 'imp_${id}', 'refund', '{}', ${outcome}, 1, 1, ${closedAt})`)
    }
    const rows = all('SELECT * FROM exceptions ORDER BY id')
    const others = [...all('SELECT * FROM outbox'), ...all('SELECT * FROM attempts')]
    db.exec(read(name))
    expect(all('SELECT * FROM exceptions ORDER BY id')).toEqual(
      rows.map((row) => (row['id'] === 'a' ? { ...row, outcome: 'refunded' } : row)),
    )
    expect([...all('SELECT * FROM outbox'), ...all('SELECT * FROM attempts')]).toEqual(others)
  })
})

describe('0005_accounts.sql', () => {
  const name = migrations.find((each) => each.startsWith('0005')) ?? ''

  it('T23: adds a column that older rows and an older deployment leave empty', () => {
    const { db, all } = openBefore(name)
    const columns = '(merchant_uid, amount, currency, allowances, policy_late, policy_stray, status'
    const insert = (id: string) =>
      db.exec(`INSERT INTO orders ${columns}, cancelled, sequence, created_at, updated_at)
        VALUES ('${id}', 1, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, 1, 1)`)
    insert('A')
    const [before] = all('SELECT * FROM orders')
    db.exec(read(name))
    insert('B')
    expect(all('SELECT * FROM orders')).toEqual([
      { ...before, accounts: null },
      { ...before, merchant_uid: 'B', accounts: null },
    ])
  })
})

describe('0008_names.sql', () => {
  const name = migrations.find((each) => each.startsWith('0008')) ?? ''
  const renamed = {
    exceptions: 'reconciliation_issues',
    evidence: 'snapshot',
    looks: 'poll_schedule',
    marks: 'cursors',
    policy_stray: 'policy_unmatched',
  }
  const rename = (word: string): string =>
    Object.entries(renamed).find(([old]) => old === word)?.[1] ?? word

  it('T23: renames tables and columns, and keeps every row', () => {
    const { db, all } = openBefore(name)
    const names = () =>
      all("SELECT name FROM sqlite_schema WHERE type = 'table'").map((row) => String(row['name']))
    for (const [table, values] of Object.entries(rowsOf)) {
      db.exec(`WITH n(i) AS (VALUES (7), (8)) INSERT INTO ${table} ${values} FROM n`)
    }
    db.exec("INSERT INTO marks VALUES ('paid', 1, 2)")
    const before = new Map(names().map((table) => [table, all(`SELECT * FROM ${table}`)]))
    db.exec(read(name))
    expect(names()).toEqual([...before.keys()].map(rename))
    for (const [table, rows] of before) {
      const expected = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([column, value]) => [rename(column), value])),
      )
      expect(all(`SELECT * FROM ${rename(table)}`).map((row) => ({ ...row }))).toEqual(expected)
    }
  })

  it('T9: what an order expects stays fixed under its new name', () => {
    const { db } = openBefore('9999')
    db.exec(`INSERT INTO orders (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, status,
        cancelled, sequence, created_at, updated_at)
      VALUES ('A', 1, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, 1, 1)`)
    expect(() => db.exec("UPDATE orders SET policy_unmatched = 'refund'")).toThrow(/cannot change/)
  })

  /** Transactions of the version before, as it sent them to the database. */
  const earlier: {
    readonly setup: readonly (readonly SqlCall[])[]
    readonly batches: Readonly<Record<string, readonly SqlCall[]>>
  } = JSON.parse(
    readFileSync('tests/repository/earlier-migrations/transactions-before-0008.json', 'utf8'),
  )

  it('T92: the version before writes a whole transaction or nothing, and reads no order', () => {
    const results = Object.entries(earlier.batches).map(([title, calls]) => {
      const before = migrations.filter((each) => each < name).map(read)
      const sqlite = new Sqlite(before, (text) => text)
      for (const each of earlier.setup) sqlite.batch(each)
      for (const text of read(name).split(';').slice(0, -1)) sqlite.run({ text, params: [] })
      const all = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
      const existing = sqlite.run({ text: all, params: [] }).rows
      const rows = () =>
        existing.map(
          ({ name: table }) =>
            sqlite.run({ text: `SELECT * FROM ${String(table)}`, params: [] }).rows,
        )
      const unchanged = rows()
      try {
        sqlite.batch(calls)
        return [title, 'written']
      } catch {
        return [title, isDeepStrictEqual(rows(), unchanged) ? 'refused' : 'written in part']
      }
    })
    expect(Object.fromEntries(results)).toEqual({
      'read an order': 'refused',
      'create an order': 'refused',
      'record a payment': 'refused',
      'record an account': 'refused',
      'close an order': 'refused',
      'expire an order': 'refused',
      'record a second payment': 'refused',
      'record money of another amount': 'refused',
      'record a foreign payment': 'written',
      'report an issue': 'refused',
      'plan polls': 'refused',
      'claim events': 'written',
      'lease a cursor': 'refused',
      'open a cancel': 'written',
    })
  })
})

describe('the tables of a new database', () => {
  /** The columns of each table with their types, and what each index holds, whatever it is called. */
  const toShape = (db: DatabaseSync) => {
    const all = (sql: string, ...values: readonly string[]) => db.prepare(sql).all(...values)
    const tables = all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return tables
      .map(({ name }) => String(name))
      .filter((table) => !table.startsWith('quayside_migrations'))
      .map((table) => ({
        table,
        columns: all(
          'SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY name',
          table,
        ),
        indexes: all(
          `SELECT "unique", partial, (
             SELECT group_concat(name) FROM (SELECT name FROM pragma_index_xinfo(list.name) ORDER BY seqno)
           ) AS columns
           FROM pragma_index_list(?) AS list WHERE origin <> 'pk' ORDER BY columns, partial, "unique"`,
          table,
        ),
      }))
  }

  it('have the same columns on D1 and in a SQLite file, and indexes that find the same', async () => {
    const d1 = new DatabaseSync(':memory:')
    for (const each of migrations) d1.exec(read(each))
    // There an event of something other than an order has its type beside its kind.
    d1.exec('ALTER TABLE outbox DROP COLUMN type')
    const sqlite = new DatabaseSync(':memory:')
    expect(await migrateSqlite(sqlite)).toMatchObject({ ok: true })
    expect(toShape(d1)).toEqual(toShape(sqlite))
  })
})
