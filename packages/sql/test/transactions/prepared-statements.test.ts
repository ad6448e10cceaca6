import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { merchantUid, money, record, take, verified } from '../../../core/fixtures/sample.ts'
import { createPostgresStore } from '../../src/index.ts'
import { createPostgresDatabase } from '../databases.ts'

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`statements prepared on PostgreSQL${postgres.note}`, () => {
  const pool = new pg.Pool({ connectionString: postgres.url, max: 1 })
  const countKept = async () => {
    const { rows } = await pool.query<{ kept: number }>(
      `SELECT count(*)::integer AS kept FROM pg_prepared_statements WHERE name LIKE 'quayside%'`,
    )
    return rows[0]?.kept
  }
  const open = async (store: ReturnType<typeof createPostgresStore>, id: string) => {
    const expected = { merchantUid: merchantUid(id), amount: money(64_900), allowances: [] }
    return take(await store.orders.create(expected, null)).order
  }
  const paymentOf = (id: string) => verified(record({ merchant_uid: id, imp_uid: `imp_${id}` }))
  afterAll(async () => {
    await pool.end()
    await postgres.drop()
  })

  it('T245: where a proxy has put in another connection, a payment is recorded once, and nothing is prepared any more', async () => {
    const store = createPostgresStore(pool)
    // The first payment prepares every statement of the second one.
    const [first, second] = [await open(store, 'ORD-1'), await open(store, 'ORD-2')]
    take(await store.orders.record({ order: first, payment: paymentOf('ORD-1'), to: 'paid' }))
    expect(await countKept()).toBeGreaterThan(3)
    // What the driver finds behind such a proxy: a connection that keeps none of them.
    await pool.query('DEALLOCATE ALL')
    const paid = await store.orders.record({
      order: second,
      payment: paymentOf('ORD-2'),
      to: 'paid',
    })
    expect(take(paid).status).toBe('paid')
    expect(take(await store.orders.find(second.merchantUid))).toEqual(take(paid))
    const events = take(await store.outbox.list('pending', '', 10))
    expect(events.map(({ id }) => id).toSorted()).toEqual(['ORD-1:1', 'ORD-2:1'])
    expect(await countKept()).toBe(0)
  })

  it('a statement that returns another type since a migration is prepared anew, and nothing fails', async () => {
    const store = createPostgresStore(pool)
    const order = await open(store, 'ORD-3')
    await pool.query('ALTER TABLE orders ALTER COLUMN payee TYPE varchar(200)')
    expect(take(await store.orders.find(order.merchantUid))).toEqual(order)
    await pool.query('ALTER TABLE orders ALTER COLUMN payee TYPE text')
    const paid = await store.orders.record({ order, payment: paymentOf('ORD-3'), to: 'paid' })
    expect(take(paid).status).toBe('paid')
    expect(await countKept()).toBeGreaterThan(3)
  })

  it('an unknown statement of the shop in onChange is an error like any other: it is told once, and ours stay prepared', async () => {
    const told: string[] = []
    const store = createPostgresStore(pool, {
      async onChange({ id }, client) {
        told.push(id)
        await client.query('EXECUTE statement_of_the_shop')
      },
    })
    const order = await open(store, 'ORD-4')
    const refused = await store.orders.record({ order, payment: paymentOf('ORD-4'), to: 'paid' })
    expect(refused).toMatchObject({ failure: { cause: { cause: { code: '26000' } } } })
    expect(told).toEqual(['ORD-4:1'])
    expect(take(await store.orders.find(order.merchantUid))).toEqual(order)
    expect(await countKept()).toBeGreaterThan(3)
  })

  it('T245: a statement has the same name in every process, and another one never has it', async () => {
    const name = async (id: string) => {
      await pool.query('DEALLOCATE ALL')
      take(await createPostgresStore(pool).orders.find(merchantUid(id)))
      const { rows } = await pool.query('SELECT name, statement FROM pg_prepared_statements')
      return rows
    }
    const [first] = await name('ORD-1')
    expect(first.name).toMatch(/^quayside_[0-9a-f]{32}$/)
    expect(await name('ORD-2')).toEqual([first])
  })
})
