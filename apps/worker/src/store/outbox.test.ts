import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { claimDue, selectFailedPermanently, selectPending } from './outbox-sql.ts'

/** The ways in which SQLite would look for the rows of a statement. */
async function planOf(text: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail).filter((detail) => detail.includes('outbox'))
}

describe('the outbox, when it holds everything that was ever told', () => {
  it('finds what is due by its index, and changes it by its key', async () => {
    expect(await planOf(claimDue, [1, 2, 6])).toEqual([
      'SEARCH outbox USING PRIMARY KEY (id=?)',
      'SEARCH outbox USING COVERING INDEX outbox_due (due_at<?)',
    ])
  })

  it('lists what waits and what is dead without reading the rest', async () => {
    const plans = [
      await planOf(selectPending, ['', 1]),
      await planOf(selectFailedPermanently, ['', 1]),
    ]
    expect(plans).toEqual([
      [expect.stringContaining('outbox_due')],
      [expect.stringContaining('outbox_dead')],
    ])
  })
})
