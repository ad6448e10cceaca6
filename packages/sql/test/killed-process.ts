// Pays orders until it is killed: for each, a line when it begins and a line when the store has answered.
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { merchantUid, money, record, verified } from '../../core/fixtures/sample.ts'
import { createMysqlStore, createPostgresStore } from '../src/index.ts'

const [url = '', run = ''] = process.argv.slice(2)
const store = url.startsWith('postgres:')
  ? createPostgresStore(new pg.Pool({ connectionString: url, max: 8 }))
  : createMysqlStore(createPool({ uri: url, connectionLimit: 8 }))
const lanes = 8

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
  Array.from({ length: lanes }, async (_, lane) => {
    for (let number = 0; ; number++) await payOne(`${run}-${lane}-${number}`)
  }),
)
