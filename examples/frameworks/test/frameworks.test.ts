import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRows, findUntestedCode, toRow } from './documentation.ts'
import { installPacked } from './packed.ts'
import { type Provider, startProvider } from './provider.ts'
import { eaten, exchanges, hostile, send } from './requests.ts'
import { type Started, start } from './start.ts'

// Our packages as they are published, in servers of their own, with the simulator as the provider.

interface Framework {
  readonly name: string
  readonly page: string
  /** The program, where the example is a function that something else calls. */
  readonly entry?: string
  readonly file: string
  readonly afterParser: keyof typeof eaten
}

const frameworks: readonly Framework[] = [
  { name: 'Express 5', page: 'express', file: 'express-5/server.ts', afterParser: 'restored' },
  { name: 'Express 4', page: 'express', file: 'express-4/server.ts', afterParser: 'restored' },
  { name: 'Fastify', page: 'fastify', file: 'fastify/server.ts', afterParser: 'restored' },
  { name: 'Koa', page: 'koa', file: 'koa/server.ts', afterParser: 'restored' },
  { name: 'NestJS', page: 'nestjs', file: 'nestjs/main.ts', afterParser: 'restored' },
  {
    name: 'NestJS on Fastify',
    page: 'nestjs',
    file: 'nestjs-fastify/main.ts',
    afterParser: 'restored',
  },
  { name: 'Hono on Node', page: 'hono', file: 'hono/server.ts', afterParser: 'named' },
  {
    name: 'Cloudflare Workers',
    page: 'workers',
    file: 'workers/worker.ts',
    entry: 'workers/local.ts',
    afterParser: 'restored',
  },
  { name: 'Elysia', page: 'elysia', file: 'elysia/server.ts', afterParser: 'restored' },
  {
    name: 'AWS Lambda',
    page: 'lambda',
    file: 'lambda/handler.ts',
    entry: 'lambda/gateway.ts',
    afterParser: 'restored',
  },
  {
    name: 'Vercel edge',
    page: 'vercel',
    file: 'vercel/payments.ts',
    entry: 'vercel/local.ts',
    afterParser: 'restored',
  },
]

let provider: Provider
beforeAll(async () => {
  installPacked(join(import.meta.dirname, '..'))
  provider = await startProvider()
})
afterAll(() => provider.stop())

it('the examples compile against what is published', () => {
  const project = join(import.meta.dirname, '../tsconfig.json')
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['--noEmit', '-p', project], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
})

it('the code of the documentation is that of the examples', () => {
  expect(findUntestedCode()).toEqual([])
})

describe.each(frameworks)('$name', ({ name, page, file, entry = file, afterParser }) => {
  let server: Started
  beforeAll(async () => {
    server = await start(entry, provider.env)
  })
  afterAll(() => server.stop())

  it.each(exchanges.map((exchange, i) => ({ ...exchange, order: `ORDER-${i + 1}` })))(
    '$name',
    async ({ isParsed, toRequest, expected, order }) => {
      const outcome = await send(server.port, toRequest(await provider.pay(order)))
      expect(outcome).toEqual(isParsed ? eaten[afterParser] : expected)
    },
  )

  it('is documented as it is measured', () => {
    const marks = exchanges.map(({ isParsed }) =>
      isParsed && afterParser === 'named' ? String(eaten.named.status) : '✓',
    )
    const documented = { name, page, files: [`examples/frameworks/${file}`] }
    const row = toRow(documented, marks)
    expect(findRows(documented)).toEqual([row, row])
  })

  it('T227: hostile requests are refused as the Worker refuses them', async () => {
    for (const [i, { name: request, toRequest, expected }] of hostile.entries()) {
      const outcome = await send(server.port, toRequest(await provider.pay(`ORDER-${i + 21}`)))
      expect({ request, ...outcome }).toEqual({ request, ...expected })
    }
  })

  it('the rest of the shop is as it was', async () => {
    expect(await send(server.port, { method: 'GET', path: '/' })).toEqual({
      status: 200,
      text: 'the shop',
    })
  })
})
