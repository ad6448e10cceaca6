import { createRespond, respond } from '../payments.ts'

const below = createRespond('/api/payments')
Deno.serve({ port: Number(Deno.env.get('PORT')), hostname: '127.0.0.1' }, (request) => {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/api/payments/')) return below(request)
  return pathname === '/' ? new Response('the shop') : respond(request)
})
