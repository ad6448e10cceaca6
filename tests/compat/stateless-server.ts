// The negative control of the whole suite: a server that has every operation and keeps no state.
import { Hono } from 'hono'
import { definitions, type FactType, operations, wrappers } from './contract/operations.ts'
import { fixedTimeSeconds } from './fixed-time.ts'

/** Responds to every documented operation with an example of its schema, and to the control API with an empty object. */
export function createStatelessServer(): Hono {
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

/** The values that the scenarios of this suite use, so that only missing state makes them fail. */
const examples: Readonly<Record<string, unknown>> = {
  imp_uid: 'imp_700000000001',
  merchant_uid: 'order-1',
  customer_uid: 'customer-9',
  access_token: 'token',
  expired_at: fixedTimeSeconds + 1800,
  now: fixedTimeSeconds,
  amount: 1000,
  cancel_amount: 0,
  status: 'paid',
  pay_method: 'card',
  currency: 'KRW',
  paid_at: fixedTimeSeconds,
  started_at: fixedTimeSeconds,
  schedule_status: 'scheduled',
  total: 1,
  previous: 0,
  next: 0,
  sandbox: true,
  name: '신발',
  failed_at: 0,
  cancelled_at: 0,
  inserted: fixedTimeSeconds,
  updated: fixedTimeSeconds,
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
