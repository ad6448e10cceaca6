import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseAddress, parseDatabaseAddress } from '../src/database/address.ts'
import type { DatabaseOptions } from '../src/database/database.ts'
import { type DatabaseFailure, explainDatabase, toLine } from '../src/database/failure.ts'
import { openDatabase } from '../src/database/open.ts'
import { connectMysql, connectPostgres, newName } from './databases.ts'
import { createFolder } from './program.ts'

const options: DatabaseOptions = {
  now: () => new Date(),
  enqueueEvent: () => undefined,
  log: () => undefined,
  connections: 2,
  connectMs: 2000,
  prepare: false,
  statementMs: 1000,
}

/** What an operator reads when a database is opened and then checked or migrated; null when it can be used. */
async function tryDatabase(url: string, step: 'check' | 'migrate' = 'check') {
  const address = parseDatabaseAddress(url)
  const explain = (failure: DatabaseFailure) => {
    const explanation = explainDatabase(failure, address.ok ? address.value : null)
    return [failure.reason, toLine(explanation)]
  }
  if (!address.ok) return explain(address.failure)
  const opened = await openDatabase(address.value, options)
  if (!opened.ok) return explain(opened.failure)
  const result = await opened.value[step]()
  await opened.value.close()
  if (result.ok) return null
  return explain(result.failure)
}

describe('the address of a database', () => {
  const read = (text: string) => {
    const address = parseDatabaseAddress(text)
    return address.ok ? address.value : address.failure.detail
  }

  it('is the path of a file, or a URL of one of two kinds of servers', () => {
    const postgres: DatabaseAddress = {
      kind: 'postgres',
      url: 'postgresql://shop:p%40ss@db.example/pay?sslmode=require',
      host: 'db.example',
      port: 5432,
      user: 'shop',
      database: 'pay',
    }
    expect(read(postgres.url)).toEqual(postgres)
    expect(read('mariadb://shop@db.example:3307/pay')).toEqual({
      kind: 'mysql',
      url: 'mysql://shop@db.example:3307/pay',
      host: 'db.example',
      port: 3307,
      user: 'shop',
      database: 'pay',
    })
    expect(read('postgres:///pay?host=/run/postgresql')).toMatchObject({ host: '/run/postgresql' })
    for (const text of ['./a.db', 'sqlite:./a.db', 'file:./a.db']) {
      expect(read(text)).toEqual({ kind: 'sqlite', path: './a.db' })
    }
    expect(read('C:\\pay\\a.db')).toEqual({ kind: 'sqlite', path: 'C:\\pay\\a.db' })
  })

  it('says what is wrong with it, and repeats nothing of it', () => {
    expect(read('oracle://shop:secret@db/pay')).toBe(
      'it begins with neither postgres://, mysql:// nor sqlite:',
    )
    expect(read('postgres://shop:s#c/r?t@db/pay')).toBe(
      'it contains a #, which is written %23 in a password',
    )
    expect(read('postgres://shop:s/c@r:t@db/pay')).toBe(
      'it is not a URL; reserved characters of a password have to be percent-encoded',
    )
    expect(read('mysql://shop@db')).toBe('it names no database: …/<database>')
    expect(read('mysql://shop@db/%')).toBe('its percent-encoding is broken')
    for (const password of ['se#cret', '12#34']) {
      expect(read(`postgres://shop:${password}@db/pay`)).toBe(
        'it contains a #, which is written %23 in a password',
      )
    }
    expect(read('sqlite:')).toBe('it has no path')
  })
})

describe('a SQLite file that cannot be used', () => {
  it('is explained', async () => {
    const folder = createFolder()
    const text = join(folder, 'notes.txt')
    writeFileSync(text, 'Nothing of this is a database, and it is longer than a header.'.repeat(20))
    const locked = join(folder, 'locked.db')
    const owner = new DatabaseSync(locked)
    owner.exec('BEGIN EXCLUSIVE')
    const newer = join(folder, 'newer.db')
    await tryDatabase(newer, 'migrate')
    const later = new DatabaseSync(newer)
    later.exec(`INSERT INTO quayside_migrations VALUES ('9999_later', '2030-01-01')`)
    later.close()
    const directory = join(folder, 'folder.db')
    mkdirSync(directory)
    const missing = join(folder, 'no/such/folder/a.db')

    expect(await tryDatabase(missing)).toEqual([
      'path_missing',
      `The folder of SQLite ${missing} does not exist. Create it, or correct the path.`,
    ])
    expect(await tryDatabase(directory)).toEqual([
      'path_not_writable',
      `SQLite ${directory} cannot be opened for writing. Give this user the right to write the file and its folder.`,
    ])
    expect(await tryDatabase(text)).toEqual([
      'not_a_database',
      `SQLite ${text} is another kind of file, or damaged. Correct the path, or restore the file.`,
    ])
    expect(await tryDatabase(locked)).toEqual([
      'database_locked',
      `SQLite ${locked} is locked by another program. Close what holds a transaction open.`,
    ])
    owner.close()
    expect(await tryDatabase(newer)).toEqual([
      'migrations_unknown',
      `SQLite ${newer} was migrated by a newer version of Quayside (9999_later). Run that version.`,
    ])
    expect(await tryDatabase(join(folder, 'new.db'))).toEqual([
      'migrations_missing',
      expect.stringMatching(/new\.db lacks the migrations 0001_tables.*\. Run quayside migrate\.$/),
    ])
  })
})

describe.each(['postgres', 'mysql'])('a server of %s that cannot be reached', (scheme) => {
  const name = scheme === 'postgres' ? 'PostgreSQL' : 'MySQL'

  it('is explained, without its password', async () => {
    expect(await tryDatabase(`${scheme}://shop:secret@127.0.0.1:1/pay`)).toEqual([
      'connection_refused',
      `Nothing answers at ${name} shop@127.0.0.1:1/pay. Start the database, or correct host and port in DATABASE_URL.`,
    ])
    const port = scheme === 'postgres' ? 5432 : 3306
    expect(await tryDatabase(`${scheme}://shop:secret@db.invalid/pay`)).toEqual([
      'host_unknown',
      `The host of ${name} shop@db.invalid:${port}/pay is unknown. Correct its name in DATABASE_URL.`,
    ])
  })

  it('is explained when it accepts connections and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const { port } = silent.address() as { readonly port: number }
    expect(await tryDatabase(`${scheme}://shop@127.0.0.1:${port}/pay`)).toEqual([
      'connection_timeout',
      `${name} shop@127.0.0.1:${port}/pay did not answer in time. Check the network between, its firewall, and the load of the database.`,
    ])
    silent.close()
  })
})

const postgres = await connectPostgres()
describe.skipIf(postgres.isMissing)(
  `a PostgreSQL database that cannot be used${postgres.note}`,
  () => {
    const database = newName()
    const latin = newName()
    const user = newName()
    const place = (name: string, who: string) =>
      `PostgreSQL ${who}@${postgres.host}:${postgres.port}/${name}`
    const admin = new URL(postgres.urlOf(database)).username

    beforeAll(async () => {
      await postgres.query(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`)
      await postgres.query(
        `CREATE DATABASE ${latin} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`,
      )
      await postgres.query(`CREATE ROLE ${user} LOGIN`)
    })
    afterAll(async () => {
      await postgres.query(`DROP DATABASE ${database}`)
      await postgres.query(`DROP DATABASE ${latin}`)
      await postgres.query(`DROP ROLE ${user}`)
      await postgres.end()
    })

    it('is explained', async () => {
      expect(await tryDatabase(postgres.urlOf(database, 'nobody_of_this_name'))).toEqual([
        'authentication_failed',
        `${place(database, 'nobody_of_this_name')} refused user or password. Correct them in DATABASE_URL.`,
      ])
      expect(await tryDatabase(postgres.urlOf('no_such_database'))).toEqual([
        'database_missing',
        `The database of ${place('no_such_database', admin)} does not exist. Create it, or correct its name in DATABASE_URL.`,
      ])
      expect(await tryDatabase(postgres.urlOf(latin))).toEqual([
        'encoding_unsupported',
        `${place(latin, admin)} has the encoding LATIN1; UTF8 is needed. Create the database with it.`,
      ])
      await postgres.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC', database)
      expect(await tryDatabase(postgres.urlOf(database, user), 'migrate')).toEqual([
        'rights_missing',
        `The user ${user} lacks a right on ${place(database, user)}: error: permission denied for schema public (42501). Grant it.`,
      ])
      await postgres.query(`ALTER ROLE ${user} CONNECTION LIMIT 0`)
      expect(await tryDatabase(postgres.urlOf(database, user))).toEqual([
        'too_many_connections',
        `${place(database, user)} has no connection left. Lower DATABASE_CONNECTIONS, or raise the limit of the database.`,
      ])
      await postgres.query(`ALTER ROLE ${user} CONNECTION LIMIT -1`)
      await postgres.query(`ALTER ROLE ${user} SET default_transaction_read_only = on`)
      expect(await tryDatabase(postgres.urlOf(database, user))).toEqual([
        'read_only',
        `${place(database, user)} is read-only. Use the address of the primary server, or make the file writable.`,
      ])
      expect(await tryDatabase(postgres.urlOf(database))).toEqual([
        'migrations_missing',
        expect.stringMatching(/ lacks the migrations 0001_tables.*\. Run quayside migrate\.$/),
      ])
      expect(await tryDatabase(postgres.urlOf(database), 'migrate')).toBe(null)
      await postgres.query(
        `INSERT INTO quayside_migrations VALUES ('9999_later', '2030-01-01')`,
        database,
      )
      expect(await tryDatabase(postgres.urlOf(database))).toEqual([
        'migrations_unknown',
        `${place(database, admin)} was migrated by a newer version of Quayside (9999_later). Run that version.`,
      ])
    })
  },
)

const mysql = await connectMysql()
describe.skipIf(mysql.isMissing)(
  `a MySQL or MariaDB database that cannot be used${mysql.note}`,
  () => {
    const database = newName()
    const user = newName()
    const place = (name: string, who: string) => `MySQL ${who}@${mysql.host}:${mysql.port}/${name}`
    const admin = new URL(mysql.urlOf(database)).username

    beforeAll(async () => {
      await mysql.query(`CREATE DATABASE ${database}`)
      await mysql.query(`CREATE USER ${user}@'%' IDENTIFIED BY 'right'`)
      await mysql.query(`GRANT SELECT ON ${database}.* TO ${user}@'%'`)
    })
    afterAll(async () => {
      await mysql.query(`DROP DATABASE ${database}`)
      await mysql.query(`DROP USER ${user}@'%'`)
      await mysql.end()
    })

    it('is explained', async () => {
      expect(await tryDatabase(mysql.urlOf(database, `${user}:wrong`))).toEqual([
        'authentication_failed',
        `${place(database, user)} refused user or password. Correct them in DATABASE_URL.`,
      ])
      expect(await tryDatabase(mysql.urlOf('no_such_database'))).toEqual([
        'database_missing',
        `The database of ${place('no_such_database', admin)} does not exist. Create it, or correct its name in DATABASE_URL.`,
      ])
      expect(await tryDatabase(mysql.urlOf('mysql', `${user}:right`))).toEqual([
        'rights_missing',
        expect.stringContaining(`The user ${user} lacks a right on ${place('mysql', user)}: `),
      ])
      expect(await tryDatabase(mysql.urlOf(database, `${user}:right`), 'migrate')).toEqual([
        'rights_missing',
        expect.stringContaining('CREATE command denied to user'),
      ])
      expect(await tryDatabase(`${mysql.urlOf(database)}?charset=latin1`)).toEqual([
        'encoding_unsupported',
        `${place(database, admin)} has the encoding latin1; utf8mb4 is needed. Create the database with it.`,
      ])
      expect(await tryDatabase(mysql.urlOf(database))).toEqual([
        'migrations_missing',
        expect.stringMatching(/ lacks the migrations 0001_tables.*\. Run quayside migrate\.$/),
      ])
      expect(await tryDatabase(mysql.urlOf(database), 'migrate')).toBe(null)
      await mysql.query(
        `INSERT INTO ${database}.quayside_migrations VALUES ('9999_later', '2030-01-01')`,
      )
      expect(await tryDatabase(mysql.urlOf(database))).toEqual([
        'migrations_unknown',
        `${place(database, admin)} was migrated by a newer version of Quayside (9999_later). Run that version.`,
      ])
    })
  },
)
