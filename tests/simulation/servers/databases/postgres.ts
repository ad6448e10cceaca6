import { setTimeout as sleep } from 'node:timers/promises'
import { migratePostgres } from '@quayside/sql'
import pg from 'pg'
import { databaseName } from '../../../servers/database-names.ts'
import type { PrivateServer } from '../../../servers/server-process.ts'
import { growing, type StormDatabase } from './database.ts'

/** Who has waited so long looks for a deadlock, and is its victim: the instances come first. */
const instanceDeadlockMs = 400
const rivalDeadlockMs = 2_000
/** How long the rival keeps its first lock before it asks for the second. */
const holdMs = 150

/** A line of the log; `quayside` is the application. */
const conflict = /^quayside ERROR: +(?:deadlock detected|could not serialize access)/gm

/** A deadlock, or a connection that the server's end broke. */
const expected = /deadlock|terminat|ECONN|Connection/

/** Makes a database on a PostgreSQL server. */
export async function createPostgresStormDatabase(server: PrivateServer): Promise<StormDatabase> {
  const name = databaseName()
  const withClient = async <T>(
    database: string,
    work: (client: pg.Client) => Promise<T>,
  ): Promise<T> => {
    const client = new pg.Client({ connectionString: `${server.url}/${database}` })
    // A server that is killed breaks it; what was asked then rejects.
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const run = (...statements: readonly string[]): Promise<void> =>
    withClient(name, async (client) => {
      for (const each of statements) await client.query(each)
    })
  const endOthers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`

  await withClient('postgres', (client) => client.query(`CREATE DATABASE ${name}`))
  const pool = new pg.Pool({ connectionString: `${server.url}/${name}`, max: 1 })
  const migrated = await migratePostgres(pool)
  await pool.end()
  if (!migrated.ok) throw new Error('Cannot migrate', { cause: migrated.failure })
  await run(
    // The strictest level: every conflict is an error, and the instances begin anew.
    `ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`,
    `ALTER DATABASE ${name} SET deadlock_timeout = '${instanceDeadlockMs}ms'`,
    `CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
     END $$`,
  )
  return {
    url: `${server.url}/${name}`,
    kill: () => server.kill(),
    start: () => server.start(),
    setReadOnly: (isReadOnly) =>
      run(
        `SET default_transaction_read_only = off`,
        `ALTER DATABASE ${name} SET default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`,
        // What is connected keeps its settings.
        endOthers,
      ),
    setFull: (isFull) =>
      run(
        ...growing.map((table) =>
          isFull
            ? `CREATE TRIGGER full_disk BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_row()`
            : `DROP TRIGGER full_disk ON ${table}`,
        ),
      ),
    async lockOnce() {
      try {
        await withClient(name, async (client) => {
          await client.query(`SET deadlock_timeout = '${rivalDeadlockMs}ms'`)
          await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
          await client.query('LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE')
          await sleep(holdMs)
          await client.query(
            'SELECT merchant_uid FROM orders ORDER BY created_at DESC LIMIT 30 FOR UPDATE',
          )
          await client.query('COMMIT')
        })
      } catch (error) {
        if (!expected.test(String(error))) throw error
      }
    },
    countConflicts: () => server.readLog().match(conflict)?.length ?? 0,
    async drop() {
      await withClient('postgres', (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`))
    },
  }
}
