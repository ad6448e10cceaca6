// The control of the whole suite: a server that knows every operation and remembers nothing.
import { Hono } from 'hono'
import { definitions, type FactType, operations, wrappers } from './contract/operations.ts'
import { noonSeconds } from './fixed-time.ts'

/** Answers every documented operation with an example of its shape, and the remote control with nothing. */
export function createCanned(): Hono {
  const app = new Hono({ strict: false })
  app.all('/_simulator/*', (c) => c.json({}))
  for (const { method, path, response } of operations) {
    const route = path
      .replaceAll(/\{(\w+)\}/g, ':$1')
      .replace(':payment_status', ':payment_status?')
    app.on(method, route, (c) =>
      c.json({ code: 0, message: null, response: exampleOf(wrappers[response ?? ''] ?? 'object') }),
    )
  }
  app.notFound((c) => c.json({ code: 1, message: 'not found', response: null }, 404))
  return app
}

/** What an author who knows the orders of this suite would write into it; none of it changes. */
const examples: Readonly<Record<string, unknown>> = {
  imp_uid: 'imp_700000000001',
  merchant_uid: 'order-1',
  customer_uid: 'customer-9',
  access_token: 'token',
  expired_at: noonSeconds + 1800,
  now: noonSeconds,
  amount: 1000,
  cancel_amount: 0,
  status: 'paid',
  pay_method: 'card',
  currency: 'KRW',
  paid_at: noonSeconds,
  started_at: noonSeconds,
  schedule_status: 'scheduled',
  total: 1,
  previous: 0,
  next: 0,
  sandbox: true,
  name: '신발',
  failed_at: 0,
  cancelled_at: 0,
  inserted: noonSeconds,
  updated: noonSeconds,
  card_number: '411111*********1',
}

function exampleOf(type: FactType): unknown {
  if (typeof type !== 'string') {
    const [member] = type
    return member === null || member === undefined ? [] : [exampleOf(member)]
  }
  const definition = definitions[type]
  if (definition !== undefined) {
    return Object.fromEntries(
      Object.entries(definition.fields).map(([name, field]) => [
        name,
        examples[name] ?? exampleOf(field.type),
      ]),
    )
  }
  return { string: 'text', integer: 1, number: 1, boolean: true }[type] ?? {}
}
