import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { createMemoryStore, type Order } from '@quayside/core'
import { createD1Store } from '@quayside/sql/d1'
import { describe, expect, inject, it } from 'vitest'
import { recordHistories, replay, type StoreUnderTest, UniqueIds } from './store-history.ts'

const { d1: histories } = inject('cases')
const db: D1Database = env.DB

function onD1(): StoreUnderTest {
  let now = new Date(1_800_000_000_000)
  const { orders: store } = createD1Store(db, { now: () => now })
  return {
    ...store,
    async open(order: Order) {
      now = order.createdAt ?? now
      const opened = await store.create(order, null)
      if (!opened.ok) throw new TypeError(`Cannot open order: ${opened.failure.reason}`)
    },
  }
}

function inMemory(): StoreUnderTest {
  const store = createMemoryStore()
  return {
    ...store,
    open: async (order) => void store.open(order),
    // The store in memory keeps orders for first steps; only a database has a clock that expires them.
    expire: async (order) => store.find(order.merchantUid),
  }
}

describe(`the histories of ${histories} schedules`, () => {
  it('T13, T14, T15, T20, T22: D1 returns for each call what the simulation did, and ends equal', async () => {
    const violations: string[] = []
    const recorded = await recordHistories(0, histories)
    const store = onD1()
    for (const [seed, history] of recorded.entries()) {
      const difference = await replay(history, store, seed)
      if (difference !== null) violations.push(difference)
      else if (await differs(history.database.events, new UniqueIds(seed)))
        violations.push(`seed ${seed}: events`)
    }
    expect(violations.slice(0, 3)).toEqual([])
    expect(recorded.length).toBe(histories)
  })

  it('the store in memory returns for each call what the simulation did', async () => {
    const recorded = await recordHistories(0, histories)
    const violations: string[] = []
    for (const [seed, history] of recorded.entries()) {
      if (history.calls.some((call) => call.name === 'expire')) continue
      const difference = await replay(history, inMemory(), seed)
      if (difference !== null) violations.push(difference)
    }
    expect(violations.slice(0, 3)).toEqual([])
  })
})

type Events = Awaited<ReturnType<typeof recordHistories>>[number]['database']['events']

/** Whether the outbox holds other events of these orders than the simulation's. */
async function differs(events: Events, ids: UniqueIds): Promise<boolean> {
  const orders = new Set(events.map((event) => event.merchant_uid))
  for (const order of orders) {
    const { results } = await db
      .prepare('SELECT sequence, kind FROM outbox WHERE merchant_uid = ?1 ORDER BY sequence')
      .bind(ids.suffixed(order))
      .all<{ sequence: number; kind: string }>()
    const expected = events.filter((event) => event.merchant_uid === order)
    const isSame =
      results.length === expected.length &&
      results.every((row, at) => row.kind === expected[at]?.kind && row.sequence === at + 1)
    if (!isSame) return true
  }
  return false
}
