import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ok } from '@quayside/core'
import type { Store } from '@quayside/server'
import { expect, it } from 'vitest'
import { merchantUid, record, take, verified } from '../../../core/fixtures/sample.ts'
import {
  afterRestore,
  createMysqlStore,
  createPostgresStore,
  createSqliteStore,
  migrateSqlite,
} from '../../src/index.ts'
import { createMysqlDatabase, createPostgresDatabase } from '../databases.ts'

// The backups that docs/operations.md describes, made and restored by the tools of each database.

const at = new Date('2026-11-22T03:00:00.000Z')
const options = { now: () => at }
/** More than one page of orders is raised. */
const others = 1_100

/** Writes orders, one of which is paid. */
async function fill(store: Store) {
  for (let i = 0; i < others; i++) await create(store, `OTHER-${i}`)
  const order = await create(store, 'ORD-1')
  take(await store.orders.record({ order, payment: verified(paidRecord), to: 'paid' }))
}

const paidRecord = record({ merchant_uid: 'ORD-1', imp_uid: 'imp_1', amount: 64_900 })

async function create(store: Store, id: string) {
  const amount = { minor: 64_900, currency: 'KRW' } as const
  const expected = { merchantUid: merchantUid(id), amount, allowances: [] }
  return take(await store.orders.create(expected, null)).order
}

/** Records a refund of a part of the paid order, and returns the id and the sequence of its event. */
async function refund(store: Store, amount: number) {
  const order = take(await store.orders.find(merchantUid('ORD-1')))
  const payment = verified({ ...paidRecord, status: 'paid', cancel_amount: amount })
  const changed = take(await store.orders.record({ order, payment, to: 'partially_cancelled' }))
  const events = take(await store.outbox.list('pending', '', 10))
  return [events.map(({ id }) => id), changed.sequence]
}

function has(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'])
    return true
  } catch {
    return false
  }
}

it('SQLite: after a restore, an event gets no id that was sent after the backup', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-'))
  const database = new DatabaseSync(join(folder, 'quayside.db'))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
  take(await migrateSqlite(database))
  const store = createSqliteStore(database, options)
  await fill(store)
  database.exec(`VACUUM INTO '${join(folder, 'backup.db')}'`)
  expect(await refund(store, 1_000)).toEqual([['ORD-1:1', 'ORD-1:2'], 2])
  const restored = new DatabaseSync(join(folder, 'backup.db'))
  expect(await afterRestore({ kind: 'sqlite', database: restored })).toEqual(ok(others + 1))
  const after = await refund(createSqliteStore(restored, options), 2_000)
  expect(after).toEqual([['ORD-1:1', 'ORD-1:1002'], 1002])
  database.close()
  restored.close()
  rmSync(folder, { recursive: true })
})

it('PostgreSQL: after a restore, an event gets no id that was sent after the backup', async ({
  skip,
}) => {
  if (!has('pg_dump')) return skip('needs pg_dump and pg_restore on the PATH')
  const database = await createPostgresDatabase()
  if (database.isMissing) return skip(database.note)
  const target = await createPostgresDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'quayside-'))
  const file = join(folder, 'backup.dump')
  const store = createPostgresStore(database.pool, options)
  await fill(store)
  execFileSync('pg_dump', ['--format=custom', `--file=${file}`, database.url])
  expect(await refund(store, 1_000)).toEqual([['ORD-1:1', 'ORD-1:2'], 2])
  execFileSync('pg_restore', ['--clean', '--exit-on-error', `--dbname=${target.url}`, file])
  expect(await afterRestore({ kind: 'postgres', pool: target.pool })).toEqual(ok(others + 1))
  const after = await refund(createPostgresStore(target.pool, options), 2_000)
  expect(after).toEqual([['ORD-1:1', 'ORD-1:1002'], 1002])
  rmSync(folder, { recursive: true })
  await database.drop()
  await target.drop()
})

it('MariaDB: after a restore, an event gets no id that was sent after the backup', async ({
  skip,
}) => {
  if (!has('mariadb-dump')) return skip('needs mariadb-dump and mariadb on the PATH')
  const database = await createMysqlDatabase()
  if (database.isMissing) return skip(database.note)
  const target = await createMysqlDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'quayside-'))
  const file = join(folder, 'backup.sql')
  const store = createMysqlStore(database.pool, options)
  await fill(store)
  const connection = (url: string) => {
    const { hostname, port, username, password, pathname } = new URL(url)
    const account = [`--host=${hostname}`, `--port=${port || 3306}`, `--user=${username}`]
    const secret = password === '' ? [] : [`--password=${password}`]
    return [...account, ...secret, pathname.slice(1)]
  }
  const dump = ['--single-transaction', `--result-file=${file}`, ...connection(database.url)]
  execFileSync('mariadb-dump', dump)
  expect(await refund(store, 1_000)).toEqual([['ORD-1:1', 'ORD-1:2'], 2])
  execFileSync('mariadb', connection(target.url), { input: readFileSync(file) })
  expect(await afterRestore({ kind: 'mysql', pool: target.pool })).toEqual(ok(others + 1))
  const after = await refund(createMysqlStore(target.pool, options), 2_000)
  expect(after).toEqual([['ORD-1:1', 'ORD-1:1002'], 1002])
  rmSync(folder, { recursive: true })
  await database.drop()
  await target.drop()
})
