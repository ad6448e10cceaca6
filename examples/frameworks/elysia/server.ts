import { serve } from '@hono/node-server'
import { Elysia } from 'elysia'
import { createPayments, payments } from '../payments.ts'

const below = createPayments('/api/payments')

// Elysia reads no body of a route that does not ask for it; `parse: 'none'` says so.
const app = new Elysia()
  .all('/payments/*', ({ request }) => payments.fetch(request), { parse: 'none' })
  .all('/api/payments/*', ({ request }) => below.fetch(request), { parse: 'none' })
  .get('/', () => 'the shop')

// On Bun: app.listen(port).
serve({ fetch: app.fetch, port: Number(process.env.PORT) })
