import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { fail, type Order, ok } from '@quayside/core'
import type { Store } from '@quayside/server'
import { expect, it } from 'vitest'
import { merchantUid, money, record, take, verified } from '../../../core/fixtures/sample.ts'
import { createSqliteStore, migrateSqlite } from '../../src/index.ts'

/** A real database in memory that counts how often it committed. */
class CountingDatabase extends DatabaseSync {
  commits = 0

  override prepare(text: string): StatementSync {
    const statement = super.prepare(text)
    if (text !== 'COMMIT') return statement
    const run = statement.run.bind(statement)
    statement.run = () => {
      this.commits++
      return run()
    }
    return statement
  }
}

async function openDatabase() {
  const database = new CountingDatabase(':memory:')
  take(await migrateSqlite(database))
  return { database, store: createSqliteStore(database) }
}

const create = (store: Store, id: string) =>
  store.orders.create({ merchantUid: merchantUid(id), amount: money(64_900), allowances: [] }, null)
const pay = (store: Store, order: Order, uid: string) => {
  const payment = verified(record({ merchant_uid: order.merchantUid, imp_uid: uid }))
  return store.orders.record({ order, payment, to: 'paid' })
}
const ids = Array.from({ length: 50 }, (_, index) => `ORD-${index}`)
const eventsOf = async ({ outbox }: Store) => take(await outbox.list('pending', '', 1_000)).length

it('fifty completions at once are written by one commit, each with its event', async () => {
  const { database, store } = await openDatabase()
  const created = await Promise.all(ids.map((id) => create(store, id)))
  const before = database.commits
  const paid = await Promise.all(
    created.map((each, index) => pay(store, take(each).order, `imp_${index}`)),
  )
  expect(database.commits - before).toBe(1)
  expect(paid.map((each) => take(each).status)).toEqual(ids.map(() => 'paid'))
  expect(await eventsOf(store)).toBe(ids.length)
})

it('a commit is not shared by more than sixty-four', async () => {
  const { database, store } = await openDatabase()
  const before = database.commits
  await Promise.all(Array.from({ length: 129 }, (_, index) => create(store, `ORD-${index}`)))
  expect(database.commits - before).toBe(3)
})

it('one alone is committed in the same turn of the event loop', async () => {
  const { store } = await openDatabase()
  let isAnswered = false
  const creating = create(store, 'ORD-1').then(() => {
    isAnswered = true
  })
  await setImmediate()
  expect(isAnswered).toBe(true)
  await creating
})

it('T15: nothing is answered before the commit', async () => {
  const { database, store } = await openDatabase()
  const before = database.commits
  let isAnswered = false
  const creating = create(store, 'ORD-1').then(() => {
    isAnswered = true
  })
  await Promise.resolve()
  expect([isAnswered, database.commits - before]).toEqual([false, 0])
  await creating
  expect(database.commits - before).toBe(1)
})

it('T15: an error in one of several undoes only that one', async () => {
  const { database, store } = await openDatabase()
  const created = await Promise.all(ids.map((id) => create(store, id)))
  database.exec(`CREATE TRIGGER broken BEFORE INSERT ON attempts WHEN NEW.imp_uid = 'imp_7'
    BEGIN SELECT RAISE(ABORT, 'the seventh is refused'); END`)
  const paid = await Promise.all(
    created.map((each, index) => pay(store, take(each).order, `imp_${index}`)),
  )
  expect(paid.map((each) => each.ok)).toEqual(ids.map((_, index) => index !== 7))
  expect(paid[7]).toMatchObject({
    failure: { reason: 'store_unavailable', cause: { message: 'the seventh is refused' } },
  })
  expect(take(await store.orders.find(merchantUid('ORD-7'))).status).toBe('pending')
  expect(await eventsOf(store)).toBe(ids.length - 1)
})

it('T15: an error that ends the transaction fails all of it', async () => {
  const { database, store } = await openDatabase()
  const created = await Promise.all(ids.map((id) => create(store, id)))
  database.exec(`CREATE TRIGGER broken BEFORE INSERT ON attempts WHEN NEW.imp_uid = 'imp_7'
    BEGIN SELECT RAISE(ROLLBACK, 'everything is rolled back'); END`)
  const paid = await Promise.all(
    created.map((each, index) => pay(store, take(each).order, `imp_${index}`)),
  )
  expect(paid.map((each) => each.ok)).toEqual(ids.map(() => false))
  expect([await eventsOf(store), database.isTransaction]).toEqual([0, false])
})

it('T15: a commit that fails fails all, and all may be repeated', async () => {
  const { database, store } = await openDatabase()
  const created = await Promise.all(ids.map((id) => create(store, id)))
  // A deferred foreign key is checked by the commit.
  database.exec(`CREATE TABLE known (id TEXT PRIMARY KEY);
    CREATE TABLE checked (id TEXT REFERENCES known (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER broken AFTER INSERT ON attempts WHEN NEW.imp_uid = 'imp_7'
    BEGIN INSERT INTO checked VALUES (NEW.imp_uid); END`)
  const payAll = () =>
    Promise.all(created.map((each, index) => pay(store, take(each).order, `imp_${index}`)))
  const failed = await payAll()
  expect(failed.map((each) => each.ok)).toEqual(ids.map(() => false))
  expect([await eventsOf(store), database.isTransaction]).toEqual([0, false])
  database.exec(`INSERT INTO known VALUES ('imp_7')`)
  const paid = await payAll()
  expect(paid.map((each) => take(each).status)).toEqual(ids.map(() => 'paid'))
  expect(await eventsOf(store)).toBe(ids.length)
})

it("while the caller's transaction is open, every call fails and says so, and it stays as it is", async () => {
  const { database, store } = await openDatabase()
  database.exec(`BEGIN; CREATE TABLE shop (id TEXT); INSERT INTO shop VALUES ('row')`)
  const cause = new Error('The caller has a transaction open on the connection')
  const failure = fail({ reason: 'store_unavailable', cause })
  expect(await create(store, 'ORD-1')).toEqual(failure)
  expect(await store.orders.find(merchantUid('ORD-1'))).toEqual(failure)
  database.exec('COMMIT')
  expect(database.prepare('SELECT id FROM shop').all()).toMatchObject([{ id: 'row' }])
  expect(await create(store, 'ORD-1')).toMatchObject(ok({ isNew: true }))
})
