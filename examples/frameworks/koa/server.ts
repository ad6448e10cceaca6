import { bodyParser } from '@koa/bodyparser'
import { koaMiddleware } from '@quayside/node'
import Koa from 'koa'
import mount from 'koa-mount'
import { payments } from '../payments.ts'

const app = new Koa()
app.use(koaMiddleware(payments))

// Where a parser must come first, and below a path, they work too.
app.use(bodyParser())
app.use(mount('/api', koaMiddleware(payments)))

app.use((context) => {
  context.body = 'the shop'
})
app.listen(Number(process.env.PORT))
