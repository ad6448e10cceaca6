// The least that a handler on the same database can do: Hono, the same connections to the provider, and the statements that
// the store executes for a completion, sent by the same driver. No limits, no checks beyond the amount, no log.
import type { Exchange } from '@quayside/client'
import { Hono } from 'hono'
import type { Dialect } from '../../packages/sql/src/dialect.ts'
import type { Driver } from '../../packages/sql/src/driver.ts'
import { createRecordReader } from '../bare-provider.ts'
import { toFields } from '../http.ts'
import { toCompletion, toTransaction } from './completion-statements.ts'

interface FloorOptions {
  readonly driver: Driver
  readonly dialect: Dialect
  readonly exchange: Exchange
  readonly providerUrl: string
}

/** Makes the bare handler. */
export function createFloor({ driver, dialect, exchange, providerUrl }: FloorOptions): Hono {
  const app = new Hono()
  const readRecord = createRecordReader(exchange, providerUrl)

  app.post('/payments/complete', async (context) => {
    const notice = toFields(await context.req.json())
    const id = String(notice['merchant_uid'])
    const [found] = await driver.run([{ text: dialect.orders.select, values: [id] }])
    const order = found?.rows[0]
    const payment = await readRecord(notice['imp_uid'])
    if (order === undefined || payment['amount'] !== order['amount']) {
      return context.json({ status: 'forgery', message: 'The payment differs' }, 409)
    }
    await driver.run(toTransaction(dialect, toCompletion(id, order, payment)))
    return context.json({ status: 'success', message: 'The payment is complete.' })
  })
  return app
}
