// The least that a handler without a database can do: Hono, the payment from the provider, and a map of orders. No limits, no
// checks beyond the amount, no log.
import type { Exchange } from '@quayside/client'
import { Hono } from 'hono'
import { createRecordReader } from '../../bare-provider.ts'
import { toFields } from '../../http.ts'
import type { OrderMap } from '../../order-map.ts'

/** Makes the bare handler. */
export function createBareHono(orders: OrderMap, exchange: Exchange, providerUrl: string): Hono {
  const app = new Hono()
  const readRecord = createRecordReader(exchange, providerUrl)

  app.post('/payments/complete', async (context) => {
    const notice = toFields(await context.req.json())
    const payment = await readRecord(notice['imp_uid'])
    const order = orders.get(String(notice['merchant_uid']))
    if (order === undefined || payment['amount'] !== order.amount) {
      return context.json({ status: 'forgery', message: 'The payment differs' }, 409)
    }
    order.status = String(payment['status'])
    order.imp_uid = String(payment['imp_uid'])
    return context.json({ status: 'success', message: 'The payment is complete.' })
  })
  return app
}
