import { CompiledQuery } from 'kysely'
import type { Scalar } from '../driver.ts'
import type { ShopTransaction, SqlDatabase } from './shop-transaction.ts'

/** A transaction of Kysely, as far as it is used here. */
export interface KyselyTransaction {
  /** The same transaction without plugins, which could rename columns. */
  withoutPlugins(): {
    executeQuery(query: CompiledQuery): Promise<{
      readonly rows: readonly unknown[]
      readonly numAffectedRows?: bigint | undefined
    }>
  }
}

/**
 * Makes a transaction of a transaction of Kysely.
 *
 * @param database Whose SQL it understands.
 * @param trx What `db.transaction().execute()` passes to its callback. Its plugins are left aside.
 * @returns The transaction, for `createOrderIn`.
 *
 * @example
 * ```ts
 * import { createOrderIn, fromKysely } from '@quayside/sql'
 * import type { Kysely } from 'kysely'
 *
 * const create = (db: Kysely<unknown>, id: string) =>
 *   db.transaction().execute(async (trx) => {
 *     const order = { merchant_uid: id, amount: 64_900, currency: 'KRW' }
 *     return createOrderIn(fromKysely('postgres', trx), order)
 *   })
 * console.log(typeof create) // function
 * ```
 */
export function fromKysely(database: SqlDatabase, trx: KyselyTransaction): ShopTransaction {
  const run = (text: string, values: readonly Scalar[]) =>
    trx.withoutPlugins().executeQuery(CompiledQuery.raw(text, [...values]))
  return {
    database,
    execute: async (text, values) => Number((await run(text, values)).numAffectedRows),
    query: async (text, values) => (await run(text, values)).rows,
  }
}

/** A transaction of Prisma, as far as it is used here. */
export interface PrismaTransaction {
  /** Runs a statement, and returns how many rows it changed. */
  $executeRawUnsafe(text: string, ...values: unknown[]): PromiseLike<number>
  /** Runs a SELECT, and returns its rows. */
  $queryRawUnsafe(text: string, ...values: unknown[]): PromiseLike<unknown>
}

/**
 * Makes a transaction of an interactive transaction of Prisma.
 *
 * @param database Whose SQL it understands.
 * @param tx What `prisma.$transaction()` passes to its callback.
 * @returns The transaction, for `createOrderIn`.
 *
 * @example
 * ```ts
 * import { createOrderIn, fromPrisma, type PrismaTransaction } from '@quayside/sql'
 *
 * const create = (tx: PrismaTransaction, id: string) =>
 *   createOrderIn(fromPrisma('postgres', tx), { merchant_uid: id, amount: 64_900, currency: 'KRW' })
 * console.log(typeof create) // function
 * ```
 */
export function fromPrisma(database: SqlDatabase, tx: PrismaTransaction): ShopTransaction {
  return {
    database,
    execute: async (text, values) => tx.$executeRawUnsafe(text, ...values),
    async query(text, values) {
      const rows = await tx.$queryRawUnsafe(text, ...values)
      return Array.isArray(rows) ? rows : []
    },
  }
}

/** The function `sql` of Drizzle, as far as it is used here. */
export interface DrizzleSql<Query> {
  (strings: TemplateStringsArray, ...values: unknown[]): Query
  /** SQL as it is. */
  raw(text: string): Query
  /** Pieces of SQL, one after another. */
  join(queries: Query[]): Query
}

/** A transaction of Drizzle on `pg` or `mysql2`, as far as it is used here. */
export interface DrizzleTransaction<Query> {
  /** Runs one query. */
  execute(query: Query): PromiseLike<unknown>
}

/**
 * Makes a transaction of a transaction of Drizzle on `pg` or `mysql2`. On SQLite, `fromSqlite(db.$client)` is the same
 * connection.
 *
 * @param database Whose SQL it understands.
 * @param tx What `db.transaction()` passes to its callback.
 * @param sql The function `sql` of `drizzle-orm`.
 * @returns The transaction, for `createOrderIn`.
 *
 * @example
 * ```ts
 * import { createOrderIn, type DrizzleSql, type DrizzleTransaction, fromDrizzle } from '@quayside/sql'
 *
 * function create<Query>(tx: DrizzleTransaction<Query>, sql: DrizzleSql<Query>, id: string) {
 *   const order = { merchant_uid: id, amount: 64_900, currency: 'KRW' }
 *   return createOrderIn(fromDrizzle('postgres', tx, sql), order)
 * }
 * console.log(typeof create) // function
 * ```
 */
export function fromDrizzle<Query>(
  database: 'postgres' | 'mysql',
  tx: DrizzleTransaction<Query>,
  sql: DrizzleSql<Query>,
): ShopTransaction {
  const run = async (text: string, values: readonly Scalar[]) =>
    readResult(await tx.execute(toQuery(text, values, sql)))
  return {
    database,
    execute: async (text, values) => (await run(text, values)).changes,
    query: async (text, values) => (await run(text, values)).rows,
  }
}

function toQuery<Query>(text: string, values: readonly Scalar[], sql: DrizzleSql<Query>): Query {
  const bound = [...text.matchAll(/\$(\d+)|\?/g)].map(
    ([, position], index) => values[position === undefined ? index : Number(position) - 1] ?? null,
  )
  const parts = text.split(/\$\d+|\?/).map((part) => sql.raw(part))
  return sql.join(
    parts.flatMap((part, index) => (index === 0 ? part : [sql`${bound[index - 1]}`, part])),
  )
}

/** What `pg` returns, or `mysql2` as the first of two. */
function readResult(result: unknown): { rows: readonly unknown[]; changes: number } {
  const first: unknown = Array.isArray(result) ? result[0] : result
  if (Array.isArray(first)) return { rows: first, changes: 0 }
  const { rows, rowCount, affectedRows }: Readonly<Record<string, unknown>> = Object(first)
  return { rows: Array.isArray(rows) ? rows : [], changes: Number(rowCount ?? affectedRows) }
}
