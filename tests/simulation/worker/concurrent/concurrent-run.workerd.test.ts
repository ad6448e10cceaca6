import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { describe, expect, inject, it } from 'vitest'
import { sqlMutants, unmodified } from '../sql-mutants.ts'
import { runConcurrently } from './concurrent-run.ts'

const [from, to] = inject('cases').concurrent
const together = 100
const histories = (to - from) * together
const db: D1Database = env.DB

/** Empties the database, as the migrations left it. */
async function clear(): Promise<void> {
  const { results } = await db
    .prepare("SELECT name, sql FROM sqlite_master WHERE name = 'orders_kept'")
    .all<{ name: string; sql: string }>()
  const tables = [
    'orders',
    'outbox',
    'attempts',
    'poll_schedule',
    'cursors',
    'reconciliation_issues',
    'cancels',
    'revocations',
  ]
  // A trigger forbids to delete orders.
  await db.batch([
    db.prepare('DROP TRIGGER orders_kept'),
    ...tables.map((table) => db.prepare(`DELETE FROM ${table}`)),
    ...results.map(({ sql }) => db.prepare(sql)),
  ])
}

describe(`${histories} histories of the whole worker on D1, with bindings that fail`, () => {
  it('T13, T14, T15, T16, T17, T19, T20, T21, T45, T54: nothing breaks', async () => {
    const counts = { calls: 0, faults: 0, deliveredEvents: 0 }
    for (let seed = from; seed < to; seed++) {
      const { violations, calls, faults, deliveredEvents } = await runConcurrently(
        db,
        seed,
        together,
        unmodified.patch,
      )
      expect(violations.slice(0, 5), `seed ${seed}`).toEqual([])
      counts.calls += calls
      counts.faults += faults
      counts.deliveredEvents += deliveredEvents
      await clear()
    }
    expect(counts.calls).toBeGreaterThan(histories * 20)
    expect(counts.faults).toBeGreaterThan(histories)
    expect(counts.deliveredEvents).toBeGreaterThan(histories)
  })

  it('finds a worker that sends events without a lease', async () => {
    const [[mutant] = [unmodified]] = sqlMutants
    const { violations } = await runConcurrently(db, 1, together, mutant.patch)
    await clear()
    expect(violations.filter((each) => each.startsWith('I1 ')).length).toBeGreaterThan(0)
  })
})
