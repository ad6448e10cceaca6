import { serve } from '@hono/node-server'
import handle from './payments.ts'

// vercel.json: { "rewrites": [{ "source": "/payments/:route*", "destination": "/api/payments/:route*" }] }
serve({
  port: Number(process.env.PORT),
  fetch(request) {
    const url = new URL(request.url)
    if (url.pathname === '/') return new Response('the shop')
    if (url.pathname.startsWith('/api/')) return handle(request)
    return handle(new Request(new URL(`/api${url.pathname}${url.search}`, url), request))
  },
})
