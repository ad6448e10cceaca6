import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'

const folder = 'apps/worker/migrations'
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
    const replaced = readdirSync(earlier)
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
