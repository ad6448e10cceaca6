import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { connectPostgres, newName } from './databases.ts'
import { createFolder, run, serve, until } from './program.ts'
import { createShop, startProvider, startReceiver } from './shop-and-provider.ts'

// A shop that moves from a file to PostgreSQL, and one that has restored a backup: docs/scale.md, docs/operations.md.

const server = await connectPostgres()
afterAll(() => server.end())

it.skipIf(server.isMissing)(
  `copy moves every order to another database, after-restore raises its sequences, and events go on from there${server.note}`,
  async () => {
    const folder = createFolder()
    const database = newName()
    await server.query(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`)
    const file = { DATABASE_URL: join(folder, 'quayside.db') }
    const target = server.urlOf(database)
    const provider = await startProvider()
    const receiver = await startReceiver()
    const addresses = { PROVIDER_URL: provider.url, EVENT_URL: receiver.url }
    const first = await serve({ ...file, ...addresses })
    const before = createShop(first.url)
    await before.createOrder('ORD-1')
    const payment = await provider.pay('ORD-1')
    expect(await (await before.complete('ORD-1', payment)).json()).toMatchObject({
      status: 'success',
    })
    await until(
      () => receiver.received,
      ({ length }) => length === 1,
    )
    await first.stop()

    const early = await run(['copy', '--to', target], file)
    expect([early.code, early.stderr]).toEqual([3, expect.stringContaining('Run quayside migrate')])
    expect((await run(['migrate', '--database', target])).code).toBe(0)
    const copied = await run(['copy', '--to', target], file)
    expect([copied.code, copied.stderr]).toEqual([
      0,
      expect.stringContaining('rows are copied to PostgreSQL'),
    ])
    const again = await run(['copy', '--to', target], file)
    expect([again.code, again.stderr]).toEqual([
      3,
      expect.stringContaining('has rows in orders already'),
    ])
    const raised = await run(['after-restore', '--database', target])
    expect([raised.code, raised.stderr]).toEqual([
      0,
      expect.stringContaining('the sequences of 1 orders are raised'),
    ])

    const second = await serve({ DATABASE_URL: target, ...addresses })
    const after = createShop(second.url)
    const cancelled = await after.cancel('ORD-1')
    expect(cancelled.status).toBe(200)
    await until(
      () => receiver.received,
      ({ length }) => length === 2,
    )
    expect(receiver.received).toEqual(['ORD-1:1', 'ORD-1:1002'])
    await second.stop()
    await server.query(`DROP DATABASE ${database} WITH (FORCE)`)
  },
)

it('a file that is missing is no database to copy: nothing is created in its place', async () => {
  const folder = createFolder()
  const file = join(folder, 'absent.db')
  const copied = await run(['copy', '--to', join(folder, 'new.db')], { DATABASE_URL: file })
  expect([copied.code, copied.stderr, existsSync(file)]).toEqual([
    3,
    expect.stringContaining('absent.db does not exist'),
    false,
  ])
})
