import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '@quayside/server'
import { expect, it } from 'vitest'
import { issuedRecord, merchantUid, record, take, verified } from '../../../core/fixtures/sample.ts'
import {
  createMysqlStore,
  createPostgresStore,
  createSqliteStore,
  migrateSqlite,
} from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase } from '../databases.ts'

// The statements that docs/operations.md has for erasing what concerns a person.

const page = new URL('../../../../docs/operations.md', import.meta.url)
const [, block = ''] = /```sql\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8')) ?? []
const statements = block.split(';').filter((each) => each.trim() !== '')

const holder = '홍길동'

/** Pays an order by deposit, delivers its events, erases it, and returns what is stored then. */
async function erase(store: Store, run: (statement: string) => unknown): Promise<string> {
  const amount = { minor: 64_900, currency: 'KRW' } as const
  for (const id of ['ORD-1', 'ORD-2']) {
    const expected = { merchantUid: merchantUid(id), amount, allowances: [] }
    const { order } = take(await store.orders.create(expected, null))
    const fields = { merchant_uid: id, imp_uid: `imp_${id}`, amount: 64_900, vbank_holder: holder }
    const issued = verified(issuedRecord(fields))
    const waiting = take(await store.orders.record({ order, payment: issued, to: 'vbank_issued' }))
    if (id === 'ORD-2') continue
    const paid = verified(
      record({ ...issuedRecord(fields), status: 'paid', paid_at: 1_795_316_400 }),
    )
    take(await store.orders.record({ order: waiting, payment: paid, to: 'paid' }))
  }
  const events = take(await store.outbox.claim(10))
  take(await store.outbox.settle(events.map((event) => ({ event, result: { kind: 'delivered' } }))))
  for (const statement of statements) await run(statement)
  const delivered = take(await store.outbox.list('delivered', '', 10))
  const order = take(await store.orders.read(merchantUid('ORD-1')))
  const waiting = take(await store.orders.read(merchantUid('ORD-2')))
  expect([order.order.status, waiting.order.virtualAccount?.holder]).toEqual(['paid', holder])
  return JSON.stringify([order, delivered.filter((event) => event.merchantUid === 'ORD-1')])
}

it('SQLite: nothing that is stored names the holder of the account', async () => {
  const database = new DatabaseSync(':memory:')
  take(await migrateSqlite(database))
  const stored = await erase(createSqliteStore(database), (text) => database.exec(text))
  expect(stored).not.toContain(holder)
  expect(stored).toContain('"virtualAccount":null')
})

it('PostgreSQL: nothing that is stored names the holder of the account', async ({ skip }) => {
  const database = await createPostgresDatabase()
  if (database.isMissing) return skip(database.note)
  const { pool } = database
  const stored = await erase(createPostgresStore(pool), (text) => pool.query(text))
  expect(stored).not.toContain(holder)
  await database.drop()
})

it('MariaDB: nothing that is stored names the holder of the account', async ({ skip }) => {
  const database = await createMysqlDatabase()
  if (database.isMissing) return skip(database.note)
  const { pool } = database
  const stored = await erase(createMysqlStore(pool), (text) => pool.query(text))
  expect(stored).not.toContain(holder)
  await database.drop()
})
