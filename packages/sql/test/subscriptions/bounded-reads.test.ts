import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { migrateSqlite } from '../../src/index.ts'
import { createSqliteDialect } from '../../src/sqlite/dialect.ts'
import { sqliteWords } from '../../src/sqlite/migrations.ts'

const { claimDue, ...statements } = createSqliteDialect(sqliteWords).subscriptions
const texts: readonly (readonly [string, string])[] = [
  ...Object.entries(statements),
  ...claimDue([0, 0, 0], 0).map(({ text }) => ['claimDue', text] as const),
]

describe('the statements of subscriptions', () => {
  it.each(texts)('T69: %s reads by an index, however many there are', async (_, text) => {
    const database = new DatabaseSync(':memory:')
    expect(await migrateSqlite(database)).toMatchObject({ ok: true })
    const values = Array.from({ length: 12 }, (__, index) =>
      text.includes(`?${index + 1}`) ? 1 : null,
    )
    const bound = values.slice(0, 1 + values.lastIndexOf(1))
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...bound)
    const details = plan.map(({ detail }) => String(detail))
    // `counted` is a selection with a limit.
    expect(details.filter((each) => /^SCAN (?!json_each|CONSTANT|counted)/.test(each))).toEqual([])
    expect(details.filter((each) => /TEMP B-TREE/.test(each)).length).toBeLessThanOrEqual(
      text === statements.selectOpenAttempts ? 1 : 0,
    )
  })
})

describe('pages of subscriptions', () => {
  it.each([
    ['selectOfPayee', [], 'subscriptions_payee (payee=? AND id>?)'],
    [
      'selectOfPayeeAndStatus',
      ['active'],
      'subscriptions_payee_status (payee=? AND status=? AND id>?)',
    ],
  ] as const)('T69: %s reads the rows of the page by its index', async (name, status, index) => {
    const database = new DatabaseSync(':memory:')
    expect(await migrateSqlite(database)).toMatchObject({ ok: true })
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${statements[name]}`)
      .all('', 50, 'second', ...status)
    expect(plan.map(({ detail }) => detail)).toEqual([`SEARCH subscriptions USING INDEX ${index}`])
  })
})
