// The least that a worker on the same database can do: Hono, plain `fetch` to the provider, and the statements that the store
// executes for a completion, in the same batches. No limits, no checks beyond the amount, no log.
import type { D1Database } from '@cloudflare/workers-types'
import { type Context, Hono } from 'hono'
import { createD1Driver } from '../../packages/sql/src/d1/driver.ts'
import { createSqliteDialect } from '../../packages/sql/src/sqlite/dialect.ts'
import { type Fields, toCompletion, toTransaction } from '../node/completion-statements.ts'

/** The bindings of the bare worker, a part of those of ours. */
export interface FloorBindings {
  readonly DB: D1Database
  readonly PROVIDER_URL: string
  readonly IMP_KEY: string
  readonly IMP_SECRET: string
}

interface Environment {
  readonly Bindings: FloorBindings
}

/** The dialect of the store on D1. */
const dialect = createSqliteDialect({
  refunded: 'given_back',
  failedEvents: 'outbox_dead',
  hasEventTypes: true,
})

/** Makes the bare worker. */
export function createFloor(): Hono<Environment> {
  const app = new Hono<Environment>()
  let token: Promise<string> | null = null

  app.post('/payments/complete', async (context) => {
    const { env } = context
    const driver = createD1Driver(env.DB)
    const notice: Fields = await context.req.json()
    const id = String(notice['merchant_uid'])
    const [found] = await driver.run([{ text: dialect.orders.select, values: [id] }])
    const order = found?.rows[0]
    token ??= requestToken(env)
    const headers = { authorization: await token }
    const payment = await ask(env, `/payments/${String(notice['imp_uid'])}`, { headers })
    if (order === undefined || payment['amount'] !== order['amount']) return refuse(context)
    await driver.run(toTransaction(dialect, toCompletion(id, order, payment)))
    return context.json({ status: 'success', message: 'The payment is complete.' })
  })
  return app
}

function refuse(context: Context): Response {
  return context.json({ status: 'forgery', message: 'The payment differs' }, 409)
}

async function requestToken(env: FloorBindings): Promise<string> {
  const body = JSON.stringify({ imp_key: env.IMP_KEY, imp_secret: env.IMP_SECRET })
  const headers = { 'content-type': 'application/json' }
  const granted = await ask(env, '/users/getToken', { method: 'POST', headers, body })
  return String(granted['access_token'])
}

async function ask(env: FloorBindings, path: string, init: RequestInit): Promise<Fields> {
  const response = await fetch(env.PROVIDER_URL + path, init)
  const envelope: { readonly response: Fields } = await response.json()
  return envelope.response
}
