import { fastifyPlugin } from '@quayside/node'
import Fastify from 'fastify'
import { payments } from '../payments.ts'

const app = Fastify()
app.register(fastifyPlugin(payments))
app.register(fastifyPlugin(payments), { prefix: '/api' })

app.get('/', () => 'the shop')
await app.listen({ port: Number(process.env.PORT) })
