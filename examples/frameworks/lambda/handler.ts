import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { payments } from '../payments.ts'

const app = new Hono()
app.route('/', payments)
app.route('/api', payments)
app.get('/', (c) => c.text('the shop'))

/** Behind API Gateway, a function URL or a load balancer. */
export const handler = handle(app)
