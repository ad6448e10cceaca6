import { setTimeout as sleep } from 'node:timers/promises'
import { migrateMysql } from '@quayside/sql'
import { type Connection, createConnection, createPool } from 'mysql2/promise'
import { databaseName } from '../../../servers/database-names.ts'
import type { PrivateServer } from '../../../servers/server-process.ts'
import { growing, type StormDatabase } from './database.ts'

/** How long the rival keeps its first locks before it asks for the second. */
const holdMs = 150

/** A line of the log. */
const conflict = /WE ROLL BACK TRANSACTION/g

/** A deadlock, a lock that was not had in time, or a connection that the server's end broke. */
const expected = /[Dd]eadlock|Lock wait|ECONN|closed|lost|shutdown/

/** Makes a database on a MariaDB server; a forgetful one responds to commits before they are on the disk. */
export async function createMariadbStormDatabase(
  server: PrivateServer,
  isForgetful: boolean,
): Promise<StormDatabase> {
  const name = databaseName()
  const withConnection = async <T>(
    uri: string,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> => {
    const connection = await createConnection({ uri })
    // A server that is killed breaks it; what was asked then rejects.
    connection.on('error', () => undefined)
    try {
      return await work(connection)
    } finally {
      connection.destroy()
    }
  }
  const run = (...statements: readonly string[]): Promise<void> =>
    withConnection(`${server.url}/${name}`, async (connection) => {
      for (const each of statements) await connection.query(each)
    })

  await withConnection(server.url, (connection) => connection.query(`CREATE DATABASE ${name}`))
  const pool = createPool({ uri: `${server.url}/${name}`, connectionLimit: 1 })
  const migrated = await migrateMysql(pool)
  await pool.end()
  if (!migrated.ok) throw new Error('Cannot migrate', { cause: migrated.failure })
  await run(
    // The server lets an administrator write although it is read-only.
    `CREATE USER IF NOT EXISTS shop@'127.0.0.1' IDENTIFIED BY ''`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}.* TO shop@'127.0.0.1'`,
    // The server ends the transaction that has changed less: the instances'.
    'CREATE TABLE weight (seq INT)',
    `SET GLOBAL innodb_flush_log_at_trx_commit = ${isForgetful ? 0 : 1}`,
    // What is not written at the commit is written so many seconds later.
    `SET GLOBAL innodb_flush_log_at_timeout = ${isForgetful ? 60 : 1}`,
  )
  const url = new URL(`${server.url}/${name}`)
  url.username = 'shop'
  return {
    url: url.href,
    kill: () => server.kill(),
    start: () => server.start(),
    setReadOnly: (isReadOnly) => run(`SET GLOBAL read_only = ${isReadOnly ? 'ON' : 'OFF'}`),
    setFull: (isFull) =>
      run(
        ...growing.map((table) =>
          isFull
            ? `CREATE TRIGGER full_${table} BEFORE INSERT ON ${table} FOR EACH ROW
                 SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'The table is full'`
            : `DROP TRIGGER full_${table}`,
        ),
      ),
    async lockOnce() {
      try {
        await withConnection(`${server.url}/${name}`, async (connection) => {
          await connection.query('SET innodb_lock_wait_timeout = 2')
          await connection.query('START TRANSACTION')
          await connection.query('INSERT INTO weight SELECT seq FROM seq_1_to_200')
          await connection.query('SELECT id FROM outbox FOR UPDATE')
          await sleep(holdMs)
          await connection.query('SELECT merchant_uid FROM orders FOR UPDATE')
          await connection.query('ROLLBACK')
        })
      } catch (error) {
        if (!expected.test(String(error))) throw error
      }
    },
    countConflicts: () => server.readLog().match(conflict)?.length ?? 0,
    drop: () =>
      withConnection(server.url, async (connection) => {
        await connection.query(`DROP DATABASE ${name}`)
      }),
  }
}
