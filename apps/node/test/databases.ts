import { createPool, type Pool as MysqlPool } from 'mysql2/promise'
import pg from 'pg'

// Databases on real servers, each with its own name; whoever makes one drops it.

const postgresUrl = process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432'
const mysqlUrl = process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'

/** A server of databases, as its administrator uses it. */
export interface DatabaseServer {
  /** True without a server: then its tests are skipped. */
  readonly isMissing: boolean
  /** For titles: empty, or what is missing and how to provide it. */
  readonly note: string
  readonly host: string
  readonly port: number
  readonly query: (text: string, database?: string) => Promise<void>
  /** The URL of a database for a user; by default the administrator. */
  readonly urlOf: (database: string, user?: string) => string
  readonly end: () => Promise<void>
}

export async function connectPostgres(): Promise<DatabaseServer> {
  const open = (database: string) => {
    const pool = new pg.Pool({ connectionString: `${postgresUrl}/${database}`, max: 1 })
    pool.on('error', () => undefined)
    return pool
  }
  const admin = open('postgres')
  return describeServer(postgresUrl, 'POSTGRES_URL', {
    async query(text, database) {
      const pool = database === undefined ? admin : open(database)
      await pool.query(text)
      if (pool !== admin) await pool.end()
    },
    end: () => admin.end(),
  })
}

export async function connectMysql(): Promise<DatabaseServer> {
  const admin: MysqlPool = createPool({ uri: mysqlUrl, connectionLimit: 1 })
  return describeServer(mysqlUrl, 'MYSQL_URL', {
    async query(text) {
      await admin.query(text)
    },
    end: () => admin.end(),
  })
}

type Calls = Pick<DatabaseServer, 'query' | 'end'>

async function describeServer(
  address: string,
  variable: string,
  calls: Calls,
): Promise<DatabaseServer> {
  const url = new URL(address)
  const server = {
    ...calls,
    host: url.hostname,
    port: Number(url.port),
    urlOf(database: string, user?: string) {
      const credentials = user ?? [url.username, url.password].filter(Boolean).join(':')
      return `${url.protocol}//${credentials}@${url.host}/${database}`
    },
  }
  try {
    await calls.query('SELECT 1')
    return { ...server, isMissing: false, note: '' }
  } catch (error) {
    const note = `needs a server: start one, or set ${variable} to its address`
    if (process.env['CI'] === 'true') throw new Error(`${address} ${note}`, { cause: error })
    return { ...server, isMissing: true, note: ` (${note})` }
  }
}

/** A name that no other test uses. */
export function newName(): string {
  return `quayside_node_${crypto.randomUUID().slice(0, 8)}`
}
