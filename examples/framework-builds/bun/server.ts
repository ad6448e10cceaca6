import { createRespond, respond } from '../payments.ts'

const below = createRespond('/api/payments')
Bun.serve({
  port: Number(process.env.PORT),
  routes: {
    '/': () => new Response('the shop'),
    '/payments/*': (request) => respond(request),
    '/api/payments/*': (request) => below(request),
  },
})
