import type { Scalar } from '../driver.ts'

/** Whose SQL a transaction understands. */
export type SqlDatabase = 'postgres' | 'mysql' | 'sqlite'

/**
 * A transaction that the shop has open. It is made from that of a library by `fromPg`, `fromMysql2`, `fromKysely`,
 * `fromPrisma` or `fromDrizzle`; for any other library write its two functions.
 */
export interface ShopTransaction {
  /** Whose SQL it understands. */
  readonly database: SqlDatabase
  /**
   * Runs a statement.
   *
   * @param text With the placeholders of the database: `$1`, `$2` on PostgreSQL, otherwise `?`.
   * @param values What is bound to them.
   * @returns How many rows it changed.
   */
  execute(text: string, values: readonly Scalar[]): Promise<number>
  /** Runs a SELECT and returns its rows by column names, integers as a number, a bigint or text. */
  query(text: string, values: readonly Scalar[]): Promise<readonly unknown[]>
}

/** The same on SQLite, where a transaction waits for nothing. It is made by `fromSqlite`. */
export interface SyncShopTransaction {
  /** SQLite only. */
  readonly database: 'sqlite'
  /** Runs an INSERT, an UPDATE or a DELETE, and returns how many rows it changed. */
  execute(text: string, values: readonly Scalar[]): number
  /** Runs a SELECT and returns its rows by column names. */
  query(text: string, values: readonly Scalar[]): readonly unknown[]
}
