import type { Store } from '@quayside/server'
import type { Driver } from '../driver.ts'
import { createStore, type StoreOptions } from '../store/store.ts'
import { createSqliteDialect } from './dialect.ts'
import { expectSqliteTables } from './migrate.ts'
import { sqliteWords } from './migrations.ts'

const dialect = createSqliteDialect(sqliteWords)

/** Makes the store on a driver of SQLite. */
export function createStoreOn(driver: Driver, options: StoreOptions): Store {
  return createStore(expectSqliteTables(driver), dialect, options)
}
