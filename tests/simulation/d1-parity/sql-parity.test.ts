import { createClient } from '@libsql/client'
import type { Order } from '@quayside/core'
import type { Store } from '@quayside/server'
import { createMysqlStore, createPostgresStore, createSqliteStore } from '@quayside/sql'
import { createLibsqlStore, migrateLibsql } from '@quayside/sql/libsql'
import { afterAll, describe, expect, inject, it } from 'vitest'
import {
  createMysqlDatabase,
  createPostgresDatabase,
  createSqliteFile,
} from '../../../packages/sql/test/databases.ts'
import {
  recordHistories,
  replay,
  type StoreHistory,
  type StoreUnderTest,
  UniqueIds,
} from './store-history.ts'

type Connect = (now: () => Date) => Store

const { d1: count } = inject('cases')
const recorded = recordHistories(0, count)
/** Histories are replayed at once, each connection with a clock of its own. */
const connections = 8

function underTest(connect: Connect): StoreUnderTest {
  let now = new Date(1_800_000_000_000)
  const { orders } = connect(() => now)
  return {
    ...orders,
    async open(order: Order) {
      now = order.createdAt ?? now
      const opened = await orders.create(order, null)
      if (!opened.ok) throw new TypeError(`Cannot open order: ${opened.failure.reason}`)
    },
  }
}

/** The events of every order, as kinds in the order of their sequences. */
async function readEvents({ outbox }: Store): Promise<ReadonlyMap<string, readonly string[]>> {
  const events = new Map<string, string[]>()
  for (let after = ''; ; ) {
    const page = await outbox.list('pending', after, 1_000)
    if (!page.ok) throw new TypeError('Cannot read the outbox')
    for (const { merchantUid, sequence, kind } of page.value) {
      if (merchantUid === null || sequence === null) continue
      const ofOrder = events.get(merchantUid) ?? []
      ofOrder[sequence - 1] = kind
      events.set(merchantUid, ofOrder)
    }
    const last = page.value.at(-1)
    if (last === undefined) return events
    after = last.id
  }
}

function expectedEvents({ database }: StoreHistory, seed: number) {
  const ids = new UniqueIds(seed)
  const byOrder = Map.groupBy(database.events, (event) => ids.suffixed(event.merchant_uid))
  return [...byOrder].map(([id, events]) => [id, events.map(({ kind }) => kind)] as const)
}

async function expectParity(connect: Connect): Promise<void> {
  const histories = await recorded
  const violations: string[] = []
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const store = underTest(connect)
      for (let seed = connection; seed < histories.length; seed += connections) {
        const history = histories[seed]
        const difference = history ? await replay(history, store, seed) : null
        if (difference !== null) violations.push(difference)
      }
    }),
  )
  expect(violations.slice(0, 3)).toEqual([])
  const events = await readEvents(connect(() => new Date()))
  expect(events).toEqual(new Map(histories.flatMap(expectedEvents)))
}

describe(`the histories of ${count} schedules: each call returns what the simulation did, and all end equal`, async () => {
  const file = await createSqliteFile()
  const postgres = await createPostgresDatabase()
  const mysql = await createMysqlDatabase()
  afterAll(async () => {
    file.remove()
    await postgres.drop()
    await mysql.drop()
  })

  it('T13, T14, T15, T20, T22: on SQLite', () =>
    expectParity((now) => createSqliteStore(file.connect(), { now })))

  it('T13, T14, T15, T20, T22: on libsql', async () => {
    const client = createClient({ url: ':memory:' })
    await migrateLibsql(client)
    await expectParity((now) => createLibsqlStore(client, { now }))
    client.close()
  })

  it.skipIf(postgres.isMissing)(`T13, T14, T15, T20, T22: on PostgreSQL${postgres.note}`, () =>
    expectParity((now) => createPostgresStore(postgres.pool, { now })),
  )

  it.skipIf(mysql.isMissing)(`T13, T14, T15, T20, T22: on MySQL or MariaDB${mysql.note}`, () =>
    expectParity((now) => createMysqlStore(mysql.pool, { now })),
  )
})
