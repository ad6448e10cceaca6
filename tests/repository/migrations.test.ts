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
  const indexes = () =>
    all("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
  return { db, all, indexes }
}

describe('0003_revocations.sql', () => {
  const name = migrations.find((each) => each.startsWith('0003')) ?? ''

  it('T23: keeps the rows of a deployed database, and every index', () => {
    const { db, all, indexes } = openBefore(name)
    const rows = [...all('SELECT * FROM outbox'), ...all('SELECT * FROM attempts')]
    const before = indexes()
    db.exec(read(name))
    expect([...all('SELECT * FROM outbox'), ...all('SELECT * FROM attempts')]).toEqual(rows)
    expect(indexes()).toEqual(expect.arrayContaining(before))
  })

  it('T23: accepts what an older deployment still writes, and what the newer one adds', () => {
    const { db, all } = openBefore(name)
    db.exec(read(name))
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
