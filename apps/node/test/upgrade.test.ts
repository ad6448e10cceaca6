import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { connectMysql, connectPostgres, newName } from './databases.ts'
import { serve, until } from './program.ts'
import { createShop, startProvider, startReceiver } from './shop-and-provider.ts'

// Two versions on one database: the newer one has migrated it while instances of this one run.

const servers = [
  { name: 'PostgreSQL', server: await connectPostgres() },
  { name: 'MySQL or MariaDB', server: await connectMysql() },
]

describe.each(servers)('quayside serve on $name, migrated by a newer version', ({ server }) => {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })
  afterAll(() => server.end())

  it.skipIf(server.isMissing)(
    `T107: a running instance loses nothing and asks to be replaced, and none starts any more${server.note}`,
    async () => {
      const database = newName()
      const isPostgres = server.urlOf('').startsWith('postgres')
      const options = isPostgres ? ` TEMPLATE template0 ENCODING 'UTF8'` : ''
      await server.query(`CREATE DATABASE ${database}${options}`)
      closers.push(() =>
        server.query(`DROP DATABASE ${database}${isPostgres ? ' WITH (FORCE)' : ''}`),
      )
      const provider = await startProvider()
      const receiver = await startReceiver()
      const env = {
        DATABASE_URL: server.urlOf(database),
        PROVIDER_URL: provider.url,
        EVENT_URL: receiver.url,
      }
      const serving = await serve(env, undefined, ['--migrate'])
      const shop = createShop(serving.url)
      const isReady = async () => (await fetch(`${serving.url}/readyz`)).status
      expect(await isReady()).toBe(200)
      expect((await shop.createOrder('ORD-1')).status).toBe(201)

      const table = isPostgres ? 'quayside_migrations' : `${database}.quayside_migrations`
      await server.query(
        `INSERT INTO ${table} (name, timestamp) VALUES ('9999_later', '2030-01-01')`,
        isPostgres ? database : undefined,
      )
      expect(await until(isReady, (status) => status === 503)).toBe(503)
      expect(await (await fetch(`${serving.url}/readyz`)).json()).toMatchObject({
        status: 'not_ready',
      })
      // What reaches it before it is replaced is served.
      const completed = await shop.complete('ORD-1', await provider.pay('ORD-1'))
      expect(await completed.json()).toMatchObject({ status: 'success' })
      await until(
        () => receiver.received,
        ({ length }) => length > 0,
      )
      expect(receiver.received).toEqual(['ORD-1:1'])

      await expect(serve(env)).rejects.toThrow(
        /"code":3,.* was migrated by a newer version of Quayside \(9999_later\)\. Run that version\./,
      )
      expect((await serving.stop()).code).toBe(0)
    },
  )
})
