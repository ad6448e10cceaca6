import type { DatabaseSync } from 'node:sqlite'
import type { Pool as MysqlPool } from 'mysql2/promise'
import type { Pool as PostgresPool } from 'pg'
import type { Driver } from './driver.ts'
import { createMysqlDriver } from './mysql/driver.ts'
import { createPostgresDriver } from './postgres/driver.ts'
import { createSqliteDriver } from './sqlite/driver.ts'

/** A migrated database of one kind. */
export type OpenDatabase =
  | { readonly kind: 'sqlite'; readonly database: DatabaseSync }
  | { readonly kind: 'postgres'; readonly pool: PostgresPool }
  | { readonly kind: 'mysql'; readonly pool: MysqlPool }

export function toDriver(database: OpenDatabase): Driver {
  switch (database.kind) {
    case 'sqlite':
      return createSqliteDriver(database.database)
    case 'postgres':
      return createPostgresDriver(database.pool)
    case 'mysql':
      return createMysqlDriver(database.pool)
  }
}
