import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { payments } from '../payments.ts'

const app = new Hono()
app.route('/', payments)

// What reads bodies belongs behind the routes: here nothing is left for them.
app.use('/api/*', async (c, next) => {
  if (c.req.method === 'POST') await c.req.text()
  await next()
})
app.route('/api', payments)

app.get('/', (c) => c.text('the shop'))
serve({ fetch: app.fetch, port: Number(process.env.PORT) })
