import { Hono } from 'hono'
import { payments } from '../payments.ts'

const app = new Hono()
app.route('/', payments)
app.route('/api', payments)

app.get('/', (c) => c.text('the shop'))
export default app
