import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { parseDatabaseAddress } from '../src/database/address.ts'
import { openDatabase } from '../src/database/open.ts'
import { connectMysql, connectPostgres, type DatabaseServer, newName } from './databases.ts'
import { createFolder, run, type Serving, serve, until } from './program.ts'
import { createShop, startProvider } from './shop-and-provider.ts'

/** The network between the program and its database. */
async function createNetwork({ host, port }: DatabaseServer) {
  const sockets = new Set<Socket>()
  let state: 'up' | 'down' | 'silent' = 'up'
  let swallowed = 0
  const server: Server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => undefined)
    if (state === 'down') near.destroy()
    const far = connect(port, host)
    far.on('error', () => near.destroy())
    near.on('data', (data) => {
      if (state === 'up') far.write(data)
      else swallowed++
    })
    far.on('data', (data) => {
      if (state === 'up') near.write(data)
    })
    far.on('close', () => near.destroy())
    near.on('close', () => {
      sockets.delete(near)
      far.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { readonly port: number }).port,
    set(next: typeof state) {
      state = next
      if (state === 'down') for (const socket of sockets) socket.destroy()
    },
    swallowed: () => swallowed,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

const servers = [
  { name: 'PostgreSQL', server: await connectPostgres() },
  { name: 'MySQL or MariaDB', server: await connectMysql() },
]

describe.each(servers)('quayside serve on $name', ({ server }) => {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  afterAll(() => server.end())

  async function start() {
    const database = newName()
    const isPostgres = server.urlOf('').startsWith('postgres')
    const options = isPostgres ? ` TEMPLATE template0 ENCODING 'UTF8'` : ''
    await server.query(`CREATE DATABASE ${database}${options}`)
    closers.push(() =>
      server.query(`DROP DATABASE ${database}${isPostgres ? ' WITH (FORCE)' : ''}`),
    )
    const network = await createNetwork(server)
    closers.push(() => network.close())
    const provider = await startProvider()
    const url = new URL(server.urlOf(database))
    url.host = `127.0.0.1:${network.port}`
    const env = {
      DATABASE_URL: url.href,
      DATABASE_STATEMENT_SECONDS: '1',
      DATABASE_CONNECT_SECONDS: '1',
      PROVIDER_URL: provider.url,
    }
    return { env, network, provider, database }
  }

  const complete = async ({ url }: Serving, impUid: string) => {
    const { status, json } = await createShop(url)
      .complete('ORD-1', impUid)
      .then(async (response) => ({ status: response.status, json: await response.json() }))
    return [status, (json as { readonly status: string }).status]
  }

  it.skipIf(server.isMissing)(
    `refuses to serve before quayside migrate, and serves after it${server.note}`,
    async () => {
      const { env, database } = await start()
      await expect(serve(env)).rejects.toThrow(
        /"code":3,.* lacks the migrations .*Run quayside migrate/,
      )
      const migrated = await run(['migrate'], env)
      expect([migrated.code, migrated.stderr]).toEqual([
        0,
        expect.stringContaining(`/${database} has been migrated: 0001_tables`),
      ])
      expect((await run(['migrate'], env)).stderr).toContain(`/${database} is current\n`)
      const serving = await serve(env)
      expect((await serving.stop()).code).toBe(0)
    },
  )

  it.skipIf(server.isMissing)(
    'T98: answers pending while the network cuts or swallows what it sends, and recovers by itself',
    async () => {
      const { env, network, provider } = await start()
      const serving = await serve(env, undefined, ['--migrate'])
      const shop = createShop(serving.url)
      expect((await shop.createOrder('ORD-1')).status).toBe(201)
      const impUid = await provider.pay('ORD-1')

      for (const state of ['down', 'silent'] as const) {
        network.set(state)
        expect(await complete(serving, impUid)).toEqual([202, 'pending'])
        expect((await shop.readOrder('ORD-1')).status).toBe(503)
        expect((await fetch(`${serving.url}/healthz`)).status).toBe(200)
        network.set('up')
        // The first request may still meet a connection of before.
        const reading = async () => (await shop.readOrder('ORD-1')).status
        await until(reading, (status) => status === 200)
      }
      const completing = () => complete(serving, impUid)
      expect(await until(completing, ([status]) => status === 200)).toEqual([200, 'success'])
      const causes = serving.log().filter(({ event }) => event === 'store_failed')
      expect(causes.length).toBeGreaterThan(0)
      expect((await serving.stop()).code).toBe(0)
    },
  )

  it.skipIf(server.isMissing)(
    'T98: is closed although its connections break while statements are on their way',
    async () => {
      const { env, network } = await start()
      const address = parseDatabaseAddress(env.DATABASE_URL)
      if (!address.ok) throw new Error(address.failure.reason)
      const opened = await openDatabase(address.value, {
        now: () => new Date(),
        enqueueEvent: () => undefined,
        log: () => undefined,
        connections: 1,
        connectMs: 60_000,
        statementMs: 60_000,
        prepare: true,
      })
      if (!opened.ok) throw new Error(opened.failure.reason)
      network.set('silent')
      const checking = opened.value.check()
      await until(network.swallowed, (count) => count > 0)
      const closing = opened.value.close()
      network.set('down')
      expect(await checking).toMatchObject({ ok: false, failure: { reason: expect.any(String) } })
      await expect(closing).resolves.toBeUndefined()
    },
  )
})

it('T98: accepts nothing for a SQLite file that was deleted or replaced while it serves', async () => {
  const folder = createFolder()
  const provider = await startProvider()
  const path = join(folder, 'quayside.db')
  const serving = await serve({ DATABASE_URL: path, PROVIDER_URL: provider.url })
  const shop = createShop(serving.url)
  expect((await shop.createOrder('ORD-1')).status).toBe(201)
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`)
  const isReady = async () => (await fetch(`${serving.url}/readyz`)).status
  expect(await until(isReady, (status) => status === 503)).toBe(503)
  expect((await shop.createOrder('ORD-2')).status).toBe(503)
  const completed = await shop.complete('ORD-1', await provider.pay('ORD-1'))
  expect([completed.status, await completed.json()]).toEqual([
    202,
    expect.objectContaining({ status: 'pending' }),
  ])
  expect(serving.log().map(({ event }) => event)).toContain('database_file_gone')
  expect((await serving.stop()).code).toBe(0)
})
