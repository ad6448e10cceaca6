import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { createSimulator } from '@quayside/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installPacked } from './packed.ts'
import { eaten, exchanges, hostile, type Paid, send } from './requests.ts'
import { type Started, start } from './start.ts'

// Our packages as they are published, in servers of their own, with the simulator as the provider.

interface Framework {
  readonly name: string
  readonly entry: string
  readonly afterParser: keyof typeof eaten
}

const frameworks: readonly Framework[] = [
  { name: 'Express 5', entry: 'express-5/server.ts', afterParser: 'restored' },
  { name: 'Express 4', entry: 'express-4/server.ts', afterParser: 'restored' },
  { name: 'Fastify', entry: 'fastify/server.ts', afterParser: 'restored' },
  { name: 'Koa', entry: 'koa/server.ts', afterParser: 'restored' },
  { name: 'NestJS', entry: 'nestjs/main.ts', afterParser: 'restored' },
  { name: 'Hono on Node', entry: 'hono/server.ts', afterParser: 'named' },
  { name: 'Elysia', entry: 'elysia/server.ts', afterParser: 'restored' },
  { name: 'AWS Lambda', entry: 'test/lambda-server.ts', afterParser: 'restored' },
  { name: 'Vercel edge', entry: 'test/vercel-server.ts', afterParser: 'restored' },
]

const simulator = createSimulator()
const provider = serve({ fetch: simulator.fetch, port: 0, hostname: '127.0.0.1' })
let url = ''

beforeAll(async () => {
  installPacked(join(import.meta.dirname, '..'))
  if (!provider.listening) await once(provider, 'listening')
  const address = provider.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(() => provider.close())

/** Lets an order be paid at the provider. */
async function pay(merchantUid: string): Promise<Paid> {
  const payment = { merchant_uid: merchantUid, amount: 1000, status: 'paid', pay_method: 'card' }
  const response = await simulator.fetch(`${url}/_simulator/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...payment, sandbox: true }),
  })
  const { imp_uid: impUid } = (await response.json()) as { readonly imp_uid: string }
  return { impUid, merchantUid }
}

it('the examples compile against what is published', () => {
  const project = join(import.meta.dirname, '../tsconfig.json')
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['--noEmit', '-p', project], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
})

describe.each(frameworks)('$name', ({ entry, afterParser }) => {
  let server: Started
  beforeAll(async () => {
    server = await start(entry, {
      SIMULATOR_URL: url,
      IMP_KEY: 'simulator-key',
      IMP_SECRET: 'simulator-secret',
    })
  })
  afterAll(() => server.stop())

  it.each(exchanges.map((exchange, i) => ({ ...exchange, order: `ORDER-${i + 1}` })))(
    '$name',
    async ({ name, toRequest, expected, order }) => {
      const outcome = await send(server.port, toRequest(await pay(order)))
      expect(outcome).toEqual(name === 'behind a body parser' ? eaten[afterParser] : expected)
    },
  )

  it('T227: hostile requests are refused as the Worker refuses them', async () => {
    for (const [i, { name, toRequest, expected }] of hostile.entries()) {
      const outcome = await send(server.port, toRequest(await pay(`ORDER-${i + 21}`)))
      expect({ name, ...outcome }).toEqual({ name, ...expected })
    }
  })

  it('the rest of the shop is as it was', async () => {
    expect(await send(server.port, { method: 'GET', path: '/' })).toEqual({
      status: 200,
      text: 'the shop',
    })
  })
})
