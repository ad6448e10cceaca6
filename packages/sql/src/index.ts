export { afterRestore } from './after-restore.ts'
export type { CopyFailure } from './copy.ts'
export { copyDatabase } from './copy-database.ts'
export type { Scalar } from './driver.ts'
export type { MigrationFailure } from './migrations.ts'
export {
  checkMysql,
  createMysqlStore,
  type MysqlStoreOptions,
  migrateMysql,
} from './mysql/store.ts'
export type { OpenDatabase } from './open-database.ts'
export type { OnChange, OrderChange } from './order-change.ts'
export {
  checkPostgres,
  createPostgresStore,
  migratePostgres,
  type PostgresStoreOptions,
  type PreparedStatements,
} from './postgres/store.ts'
export {
  type CreatedInTransaction,
  type CreateOrderFailure,
  type CreateOrderOptions,
  createOrderIn,
  createOrderInSync,
} from './shop-transaction/create-order-in.ts'
export { fromMysql2 } from './shop-transaction/from-mysql2.ts'
export { fromPg } from './shop-transaction/from-pg.ts'
export { fromSqlite, type SqliteConnection } from './shop-transaction/from-sqlite.ts'
export {
  type DrizzleSql,
  type DrizzleTransaction,
  fromDrizzle,
  fromKysely,
  fromPrisma,
  type KyselyTransaction,
  type PrismaTransaction,
} from './shop-transaction/query-builders.ts'
export type {
  ShopTransaction,
  SqlDatabase,
  SyncShopTransaction,
} from './shop-transaction/shop-transaction.ts'
export type { OnSqliteChange } from './sqlite/driver.ts'
export {
  checkSqlite,
  createSqliteStore,
  migrateSqlite,
  type SqliteStoreOptions,
} from './sqlite/store.ts'
export type { ListeningOptions, StoreOptions } from './store/store.ts'
export type { StoreUnavailable } from './transaction.ts'
