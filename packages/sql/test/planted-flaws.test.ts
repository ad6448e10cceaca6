import { AssertionError } from 'node:assert'
import type { Store } from '@quayside/server'
import { type StoreSettings, storeContract } from '@quayside/server/contract'
import { createPool } from 'mysql2/promise'
import { afterAll, describe, expect, it } from 'vitest'
import type { Dialect } from '../src/dialect.ts'
import type { Driver } from '../src/driver.ts'
import { createMysqlStore } from '../src/index.ts'
import { mysqlMigrations } from '../src/mysql/migrations.ts'
import { postgres } from '../src/postgres/dialect.ts'
import { createPostgresDriver } from '../src/postgres/driver.ts'
import { postgresMigrations } from '../src/postgres/migrations.ts'
import { createStore } from '../src/store/store.ts'
import { createMysqlDatabase, createPostgresDatabase } from './databases.ts'

// Stores with one flaw each, which the contract must find.

type Connect = (settings: StoreSettings) => Store

/** Runs one test of the contract on a store. */
async function runTest(title: string, connect: Connect, clear: () => Promise<void>): Promise<void> {
  const tests = new Map<string, () => Promise<void>>()
  const runner = {
    describe: (_: string, body: () => void) => body(),
    test: (name: string, body: () => Promise<void>) => void tests.set(name, body),
  }
  storeContract(runner, async () => {
    await clear()
    return { connect, close: () => undefined }
  })
  const test = tests.get(title)
  if (test === undefined) throw new TypeError(`The contract has no test "${title}"`)
  await test()
}

interface Flaw {
  readonly name: string
  readonly foundBy: string
  readonly dialect?: Dialect
  readonly change?: (driver: Driver) => Driver
  /** A statement that plants the flaw in the tables, and one that removes it. */
  readonly tables?: readonly [string, string]
}

const insertUnmatched = postgres.attempts.insertUnmatched.replace(
  /VALUES \((.*?)\)/,
  'SELECT $1 WHERE EXISTS (SELECT 1 FROM orders WHERE merchant_uid = ?2 AND sequence = ?13)',
)

const flaws: readonly Flaw[] = [
  {
    name: 'a payment may belong to two orders: no unique index',
    foundBy: 'one payment that is offered for two orders pays one',
    tables: ['DROP INDEX orders_payment', 'CREATE UNIQUE INDEX orders_payment ON orders (imp_uid)'],
  },
  {
    name: 'the guards of SQLite, without a lock of the order',
    foundBy: 'a refund and an older record that says paid never both count',
    dialect: {
      ...postgres,
      guards: { ...postgres.guards, lockOrder: null, lockUnchanged: null },
      attempts: { ...postgres.attempts, insertUnmatched },
    },
  },
  {
    name: 'a refusal that does not lock the order',
    foundBy:
      'the payment of an account that pays its order ends accepted, whatever its refusal races with',
    dialect: { ...postgres, guards: { ...postgres.guards, lockOrder: null } },
  },
  {
    name: 'each statement is a transaction of its own',
    foundBy: 'a refund and an older record that says paid never both count',
    change: (driver) => ({
      ...driver,
      async run(statements) {
        const done: Awaited<ReturnType<Driver['run']>>[number][] = []
        for (const { after, ...statement } of statements) {
          const before = after === undefined ? undefined : done[statements.indexOf(after)]
          const isDue = before === undefined || before.changes + before.rows.length > 0
          const [outcome] = isDue ? await driver.run([statement]) : []
          done.push(outcome ?? { rows: [], changes: 0 })
        }
        return done
      },
    }),
  },
  {
    name: 'a change without its event',
    foundBy: 'writes the order after the change, with its event and when',
    dialect: { ...postgres, outbox: { ...postgres.outbox, insert: 'SELECT 1' } },
  },
  {
    name: 'a change without the evidence of its payment',
    foundBy: 'of two payments for one order one pays it, and only that is accepted',
    dialect: { ...postgres, attempts: { ...postgres.attempts, insertAccepted: 'SELECT 1' } },
  },
  {
    name: 'a claim that does not lock what it takes',
    foundBy: 'an event is claimed by one of eight sweepers',
    dialect: {
      ...postgres,
      outbox: {
        ...postgres.outbox,
        claimDue: {
          take: postgres.outbox.claimDue.take.replace('FOR UPDATE SKIP LOCKED', ''),
          lease: null,
        },
      },
    },
  },
  {
    name: 'a conflict that is reported instead of repeated',
    foundBy: 'one payment that is offered for two orders pays one',
    change: (driver) => ({ ...driver, classify: () => 'refused' }),
  },
]

const inPostgres = await createPostgresDatabase()
const inMysql = await createMysqlDatabase()
afterAll(async () => {
  await inPostgres.drop()
  await inMysql.drop()
})

describe.skipIf(inPostgres.isMissing)(`the contract finds, on PostgreSQL${inPostgres.note}`, () => {
  const driver = createPostgresDriver(inPostgres.pool)
  const database = { migrations: postgresMigrations, isTableMissing: () => false }

  it.each(flaws)('$name', async ({ foundBy, dialect = postgres, change, tables = [] }) => {
    const flawed = change?.(driver) ?? driver
    const connect: Connect = (settings) =>
      createStore({ ...database, driver: flawed }, dialect, settings)
    const [plant = 'SELECT 1', remove = 'SELECT 1'] = tables
    await inPostgres.pool.query(plant)
    const run = runTest(foundBy, connect, inPostgres.clear)
    await expect(run).rejects.toBeInstanceOf(AssertionError)
    await inPostgres.clear()
    await inPostgres.pool.query(remove)
  })
})

describe.skipIf(inMysql.isMissing)(`the contract finds, on MySQL or MariaDB${inMysql.note}`, () => {
  it.each(['utf8mb4_general_ci', 'utf8mb4_unicode_ci', 'utf8mb4_bin'])(
    'ids that are compared by %s',
    async (collation) => {
      const name = `${new URL(inMysql.url).pathname.slice(1)}_${collation}`
      await inMysql.pool.query(`CREATE DATABASE ${name}`)
      const pool = createPool({ uri: inMysql.url, database: name, connectionLimit: 8 })
      for (const statement of mysqlMigrations(collation)['0001_tables'] ?? []) {
        await pool.query(statement)
      }
      const connect: Connect = (settings) => createMysqlStore(pool, settings)
      const title = 'ids that differ by case, width, composition or a space are different orders'
      const run = runTest(title, connect, async () => {})
      await expect(run).rejects.toBeInstanceOf(AssertionError)
      await pool.end()
      await inMysql.pool.query(`DROP DATABASE ${name}`)
    },
  )
})
