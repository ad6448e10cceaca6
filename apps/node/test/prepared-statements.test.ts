import { parseMerchantUid } from '@quayside/core'
import { afterAll, describe, expect, it } from 'vitest'
import { parseDatabaseAddress } from '../src/database/address.ts'
import { openDatabase } from '../src/database/open.ts'
import { connectPostgres, newName } from './databases.ts'

const server = await connectPostgres()
afterAll(() => server.end())

/** Reads an order on a connection of its own, and returns how many statements the server keeps prepared for it. */
async function countPrepared(prepare: boolean): Promise<number> {
  const name = newName()
  await server.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  const address = parseDatabaseAddress(server.urlOf(name))
  if (!address.ok) throw new TypeError(address.failure.detail)
  const opened = await openDatabase(address.value, {
    now: () => new Date(),
    enqueueEvent: () => undefined,
    log: () => undefined,
    connections: 1,
    connectMs: 60_000,
    statementMs: 60_000,
    prepare,
  })
  if (!opened.ok) throw new Error(opened.failure.reason)
  const database = opened.value
  const { handle, store } = database
  if (handle.kind !== 'postgres') throw new TypeError('The database is another one')
  try {
    expect(await database.migrate()).toMatchObject({ ok: true })
    const id = parseMerchantUid('ORD-1')
    if (!id.ok) throw new TypeError('The id is malformed')
    expect(await store.orders.find(id.value)).toMatchObject({ ok: false })
    const { rows } = await handle.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pg_prepared_statements',
    )
    return rows[0]?.count ?? Number.NaN
  } finally {
    await database.close()
    await server.query(`DROP DATABASE ${name}`)
  }
}

describe('DATABASE_PREPARE', () => {
  it('keeps statements prepared on PostgreSQL, unless it is false', async () => {
    expect([await countPrepared(false), await countPrepared(true)]).toEqual([0, 1])
  })
})
