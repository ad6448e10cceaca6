import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { integerOf, type Params, readBody, textOf } from '../../../runtime/params.ts'
import { envelope } from '../../../wire/envelope.ts'

const allowedValues: Readonly<Record<string, readonly string[]>> = {
  type: ['physical', 'digital'],
  status: ['order_placed', 'order_shipped', 'delivering', 'delivered'],
  refundable: ['yes', 'no'],
}
const times = ['estimated_delivery_datetime', 'estimated_update_datetime']

/** POST /paymentwall/delivery, which responds in Paymentwall's own format: its errors are in `response`. */
export function paymentwall({ state }: SimulatorContext): Hono {
  const app = new Hono()
  app.post('/paymentwall/delivery', async (c) => {
    const params = await readBody(c.req.raw)
    const notices = noticesOf(params)
    if (notices.length > 0) return respond(400, 'Invalid parameters', notices)
    const payment = state.payments.get(textOf(params, 'imp_uid') ?? '')
    const isMatch =
      payment?.channel.pg_provider === 'paymentwall' &&
      payment.merchantUid === textOf(params, 'merchant_uid')
    if (!isMatch) return respond(404, 'Payment not found', ['imp_uid, merchant_uid'])
    if (payment.status !== 'paid') return respond(409, 'Payment is not completed', ['status'])
    return envelope({ code: 0, message: null, response: {} }, 200)
  })
  return app
}

function noticesOf(params: Params): string[] {
  const missing = ['imp_uid', 'merchant_uid', 'shipping_address_email']
    .filter((name) => textOf(params, name) === null)
    .map((name) => `${name} is required`)
  const unknown = Object.entries(allowedValues)
    .filter(([name, allowed]) => !allowed.includes(textOf(params, name) ?? ''))
    .map(([name, allowed]) => `${name} must be one of ${allowed.join(', ')}`)
  const withoutTime = times
    .filter((name) => integerOf(params, name) === null)
    .map((name) => `${name} must be a UNIX timestamp`)
  return [...missing, ...unknown, ...withoutTime]
}

function respond(error_code: number, error: string, notices: readonly string[]): Response {
  return envelope({ code: -1, message: error, response: { error_code, error, notices } }, 200)
}
