import { AssertionError } from 'node:assert'
import { ok } from '@quayside/core'
import type { Store } from '@quayside/server'
import { type StoreSettings, storeContract } from '@quayside/server/contract'
import { createPool } from 'mysql2/promise'
import { afterAll, describe, expect, it } from 'vitest'
import type { Dialect } from '../../src/dialect.ts'
import type { Driver, Statement, Value } from '../../src/driver.ts'
import { createMysqlStore } from '../../src/index.ts'
import { mysqlMigrations } from '../../src/mysql/migrations.ts'
import { postgres } from '../../src/postgres/dialect.ts'
import { createPostgresDriver } from '../../src/postgres/driver.ts'
import { createStore } from '../../src/store/store.ts'
import { createMysqlDatabase, createPostgresDatabase } from '../databases.ts'

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

function withoutPayees(statement: Statement): Statement {
  const { values } = statement
  if (typeof values === 'function') return statement
  const toBare = (value: Value) =>
    typeof value === 'string' ? value.replace(/^((?:imp_|ck)\d+)~.*$/, '$1') : value
  return { ...statement, values: values.map(toBare) }
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
        claimDue: (values, leaseEnd) =>
          postgres.outbox.claimDue(values, leaseEnd).map((statement) => ({
            ...statement,
            text: statement.text.replace('FOR UPDATE SKIP LOCKED', ''),
          })),
      },
    },
  },
  {
    name: 'a conflict that is reported instead of repeated',
    foundBy: 'one payment that is offered for two orders pays one',
    change: (driver) => ({ ...driver, classify: () => 'refused' }),
  },
  {
    name: 'ids of payments without their payee',
    foundBy:
      'T182: each payee may have a payment with the same id, and it pays one order of that payee',
    change: (driver) => ({
      ...driver,
      run: (statements) => driver.run(statements.map(withoutPayees)),
    }),
  },
  {
    name: 'keys of a customer, whatever account they are of',
    foundBy: 'T235: a customer is charged with the keys of one payee only',
    dialect: {
      ...postgres,
      billingKeys: {
        ...postgres.billingKeys,
        selectUsable: postgres.billingKeys.selectUsable.replace(
          "coalesce(payee, '') = ?4",
          '?4::text IS NOT NULL',
        ),
      },
    },
  },
  {
    name: 'ids of keys without their payee',
    foundBy: 'T235: each payee may have a key with the same id, and each is found as its own',
    change: (driver) => ({
      ...driver,
      run: (statements) => driver.run(statements.map(withoutPayees)),
    }),
  },
  {
    name: 'ids of records without their payee',
    foundBy:
      'T236: each payee may have a record with the same id, which is the result of one verification',
    change: (driver) => ({
      ...driver,
      run: (statements) => driver.run(statements.map(withoutPayees)),
    }),
  },
  {
    name: 'an attempt whose order is of the account that needs no name',
    foundBy: 'T237: its orders are of its payee, and only a payment of that payee is theirs',
    dialect: {
      ...postgres,
      subscriptions: {
        ...postgres.subscriptions,
        insertOrder: postgres.subscriptions.insertOrder.replace('?9, ?10', '?9, left(?10, 0)'),
      },
    },
  },
  {
    name: 'other details of the buyer, beside a step that was decided with the old ones',
    foundBy:
      'T238: other details of the buyer are read with it, and undo what was decided before them',
    dialect: {
      ...postgres,
      subscriptions: {
        ...postgres.subscriptions,
        changeBuyer: postgres.subscriptions.changeBuyer.replace(', revision = revision + 1', ''),
      },
    },
  },
  {
    name: 'a step that asks for no revision',
    foundBy: 'T160: a step that was decided on an older state writes nothing, not even its order',
    dialect: {
      ...postgres,
      subscriptions: {
        ...postgres.subscriptions,
        update: postgres.subscriptions.update.replace('AND revision = ?2', 'AND ?2::bigint >= 0'),
      },
    },
  },
  {
    name: 'a payment that wakes its subscription and raises no revision',
    foundBy: 'T161: a payment that is recorded beside a step is not slept through',
    dialect: {
      ...postgres,
      subscriptions: {
        ...postgres.subscriptions,
        wake: postgres.subscriptions.wake.replace(', revision = revision + 1', ''),
      },
    },
  },
  {
    name: 'a subscription beside orders with the ids of its charges',
    foundBy: 'is refused where an order has an id that one of its attempts would get',
    dialect: {
      ...postgres,
      subscriptions: {
        ...postgres.subscriptions,
        insert: postgres.subscriptions.insert.replace('merchant_uid < ?12', 'merchant_uid = ?12'),
      },
    },
  },
]

/** Where a few hundred races may all go well, the flaw is found by more of them. */
const maxRuns = 20

async function isFound(run: () => Promise<void>): Promise<boolean> {
  for (let runs = 0; runs < maxRuns; runs++) {
    try {
      await run()
    } catch (error) {
      if (error instanceof AssertionError) return true
      throw error
    }
  }
  return false
}

const inPostgres = await createPostgresDatabase()
const inMysql = await createMysqlDatabase()
afterAll(async () => {
  await inPostgres.drop()
  await inMysql.drop()
})

describe.skipIf(inPostgres.isMissing)(`the contract finds, on PostgreSQL${inPostgres.note}`, () => {
  const driver = createPostgresDriver(inPostgres.pool)
  const check = async () => ok(null)

  it.each(flaws)('$name', async ({ foundBy, dialect = postgres, change, tables = [] }) => {
    const flawed = change?.(driver) ?? driver
    const connect: Connect = (settings) => createStore({ driver: flawed, check }, dialect, settings)
    const [plant = 'SELECT 1', remove = 'SELECT 1'] = tables
    await inPostgres.pool.query(plant)
    expect(await isFound(() => runTest(foundBy, connect, inPostgres.clear))).toBe(true)
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
      for (const statement of Object.values(mysqlMigrations(collation)).flat()) {
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
