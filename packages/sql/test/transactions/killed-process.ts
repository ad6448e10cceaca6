// Pays orders until it is killed: for each, a line when it begins and a line when the store has answered.
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '@quayside/server'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { merchantUid, money, record, verified } from '../../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore, createSqliteStore } from '../../src/index.ts'

const [url = '', run = ''] = process.argv.slice(2)
const store = connect(new URL(url))
const connections = 8

function connect({ protocol, href, pathname }: URL): Store {
  switch (protocol) {
    case 'postgres:':
      return createPostgresStore(new pg.Pool({ connectionString: href, max: 8 }))
    case 'mysql:':
      return createMysqlStore(createPool({ uri: href, connectionLimit: 8 }))
    case 'file:': {
      const database = new DatabaseSync(pathname, { timeout: 60_000 })
      database.exec('PRAGMA synchronous = FULL')
      return createSqliteStore(database)
    }
    default:
      throw new TypeError(`No database at ${href}`)
  }
}

async function payOne(id: string): Promise<void> {
  process.stdout.write(`begun ${id}\n`)
  const expected = { merchantUid: merchantUid(id), amount: money(64_900), allowances: [] }
  const created = await store.orders.create(expected, null)
  if (!created.ok) throw new Error('Cannot create', { cause: created.failure })
  const { order } = created.value
  const records = ['a', 'b'].map((rival) => {
    const fields = { merchant_uid: id, imp_uid: `imp_${id}${rival}`, paid_at: 2_000_000_000 }
    return store.orders.record({ order, payment: verified(record(fields)), to: 'paid' })
  })
  const [one, two] = await Promise.all(records)
  if (!one?.ok || !two?.ok) throw new Error('Cannot record', { cause: [one, two] })
  process.stdout.write(`paid ${id} ${one.value.impUid}\n`)
}

await Promise.all(
  Array.from({ length: connections }, async (_, connection) => {
    for (let number = 0; ; number++) await payOne(`${run}-${connection}-${number}`)
  }),
)
