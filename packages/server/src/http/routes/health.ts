import { Hono } from 'hono'
import type { ReadinessCheck, ReadinessResponse } from '../schemas/responses/health.ts'

/**
 * The routes for the machines that watch the server: `/healthz` responds while the process runs, `/readyz` when requests can
 * be served.
 */
export function healthRoutes(readiness: () => Promise<readonly ReadinessCheck[]>): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const checks = [...(await readiness())]
    // The orders of one account are no reason to serve those of no other.
    const isReady = checks.every(({ ok, name }) => ok || name === 'accounts')
    const response: ReadinessResponse = { status: isReady ? 'ready' : 'not_ready', checks }
    return c.json(response, isReady ? 200 : 503)
  })
  return app
}
