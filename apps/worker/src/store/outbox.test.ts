import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { claimDue, selectFailedPermanently, selectPending } from './outbox-sql.ts'

/** The query plan of a statement. */
async function planOf(text: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail).filter((detail) => detail.includes('outbox'))
}

describe('the outbox with all events that were ever delivered', () => {
  it('finds due events by their index, and updates them by their key', async () => {
    expect(await planOf(claimDue, [1, 2, 6])).toEqual([
      'SEARCH outbox USING PRIMARY KEY (id=?)',
      'SEARCH outbox USING COVERING INDEX outbox_due (due_at<?)',
    ])
  })

  it('lists pending events and those that failed permanently without reading others', async () => {
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
