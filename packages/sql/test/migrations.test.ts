import { DatabaseSync } from 'node:sqlite'
import { createClient } from '@libsql/client'
import { fail, ok, type Result } from '@quayside/core'
import type { Store } from '@quayside/server'
import { checkLibsql, createLibsqlStore, migrateLibsql } from '@quayside/sql/libsql'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import {
  checkMysql,
  checkPostgres,
  checkSqlite,
  createMysqlStore,
  createPostgresStore,
  createSqliteStore,
  type MigrationFailure,
  migrateMysql,
  migratePostgres,
  migrateSqlite,
} from '../src/index.ts'
import { sqliteMigrations } from '../src/sqlite/migrations.ts'
import { createMysqlDatabase, createPostgresDatabase, tables } from './databases.ts'

type Migrate = () => Promise<Result<readonly string[], MigrationFailure>>

/** A migrated database of one kind. */
interface Database {
  readonly migrate: Migrate
  /** What two processes do at once. */
  readonly migrateBoth: () => Promise<readonly Awaited<ReturnType<Migrate>>[]>
  readonly check: () => Promise<Result<null, MigrationFailure>>
  readonly store: Store
  readonly query: (text: string) => Promise<unknown>
  readonly drop: () => Promise<void>
}

interface Kind {
  readonly name: string
  /** Null without its server. */
  readonly open: () => Promise<Database | null>
  /** Tries to migrate a database that is not there. */
  readonly migrateMissing: Migrate
}

const kinds: readonly Kind[] = [
  {
    name: 'SQLite',
    async open() {
      const database = new DatabaseSync(':memory:')
      await migrateSqlite(database)
      return {
        migrate: () => migrateSqlite(database),
        migrateBoth: () => Promise.all([migrateSqlite(database), migrateSqlite(database)]),
        check: () => checkSqlite(database),
        store: createSqliteStore(database),
        query: async (text) => database.exec(text),
        drop: async () => database.close(),
      }
    },
    async migrateMissing() {
      const database = new DatabaseSync(':memory:')
      database.close()
      return migrateSqlite(database)
    },
  },
  {
    name: 'libsql',
    async open() {
      const client = createClient({ url: ':memory:' })
      await migrateLibsql(client)
      return {
        migrate: () => migrateLibsql(client),
        migrateBoth: () => Promise.all([migrateLibsql(client), migrateLibsql(client)]),
        check: () => checkLibsql(client),
        store: createLibsqlStore(client),
        query: (text) => client.execute(text),
        drop: async () => client.close(),
      }
    },
    async migrateMissing() {
      const client = createClient({ url: ':memory:' })
      client.close()
      return migrateLibsql(client)
    },
  },
  {
    name: 'PostgreSQL',
    async open() {
      const database = await createPostgresDatabase()
      if (database.isMissing) return null
      const { pool, drop } = database
      return {
        migrate: () => migratePostgres(pool),
        migrateBoth: () => Promise.all([migratePostgres(pool), migratePostgres(pool)]),
        check: () => checkPostgres(pool),
        store: createPostgresStore(pool),
        query: (text) => pool.query(text),
        drop,
      }
    },
    async migrateMissing() {
      const pool = new pg.Pool({ host: '127.0.0.1', port: 1 })
      const migrated = await migratePostgres(pool)
      await pool.end()
      return migrated
    },
  },
  {
    name: 'MySQL or MariaDB',
    async open() {
      const database = await createMysqlDatabase()
      if (database.isMissing) return null
      const { pool, drop } = database
      return {
        migrate: () => migrateMysql(pool),
        migrateBoth: () => Promise.all([migrateMysql(pool), migrateMysql(pool)]),
        check: () => checkMysql(pool),
        store: createMysqlStore(pool),
        query: (text) => pool.query(text),
        drop,
      }
    },
    async migrateMissing() {
      const pool = createPool({ host: '127.0.0.1', port: 1 })
      const migrated = await migrateMysql(pool)
      await pool.end()
      return migrated
    },
  },
]

describe.each(kinds)('migrations on $name', ({ open, migrateMissing }) => {
  it('are applied once, also by two at once', async ({ skip }) => {
    const database = await open()
    if (database === null) return skip('needs its server')
    expect(await database.migrate()).toEqual(ok([]))
    expect(await database.check()).toEqual(ok(null))
    const all = [...tables, 'quayside_migrations', 'quayside_migrations_lock']
    for (const table of all) await database.query(`DROP TABLE IF EXISTS ${table}`)
    const missing = Object.keys(sqliteMigrations)
    expect(await database.check()).toEqual(fail({ reason: 'migrations_missing', missing }))
    const both = await database.migrateBoth()
    expect(both.map(({ ok: isOk }) => isOk)).toEqual([true, true])
    expect(both.flatMap((each) => (each.ok ? each.value : []))).toEqual(missing)
    expect(await database.check()).toEqual(ok(null))
    await database.drop()
  })

  it('refuse a database that a newer version has migrated', async ({ skip }) => {
    const database = await open()
    if (database === null) return skip('needs its server')
    await database.query(
      `INSERT INTO quayside_migrations (name, timestamp) VALUES ('9999_later', '2030')`,
    )
    const newer = fail({ reason: 'migrations_unknown', unknown: ['9999_later'] })
    expect(await database.check()).toEqual(newer)
    expect(await database.migrate()).toEqual(newer)
    const failure = { reason: 'database_not_migrated', cause: '9999_later' }
    expect(await database.store.health.check()).toEqual(fail(failure))
    await database.drop()
  })

  it('report a database that is away', async () => {
    expect(await migrateMissing()).toMatchObject({ failure: { reason: 'migration_failed' } })
  })
})
