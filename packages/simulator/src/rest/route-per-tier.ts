import { Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { ownRefusals } from '../domain/refusals.ts'
import { refuse } from '../wire/envelope.ts'

/** Makes routes work on the agency's own data, or on a sub-merchant's when the `Tier` header names one. */
export function routePerTier(
  context: SimulatorContext,
  path: string,
  routes: (context: SimulatorContext) => Hono,
): Hono {
  const rethrow = (error: Error): never => {
    throw error
  }
  const agency = routes(context).onError(rethrow)
  const apps = new Map<string, Hono>()
  // Made at the first request: sub-merchants can be added at any time.
  const appOf = (code: string): Hono | null => {
    const tier = context.tiers.get(code)
    if (tier === undefined) return null
    const app = apps.get(code) ?? routes(tier.context).onError(rethrow)
    apps.set(code, app)
    return app
  }
  return new Hono({ strict: false }).all(path, (c) => {
    const code = c.req.header('tier')?.trim() ?? ''
    const app = code === '' ? agency : appOf(code)
    return app === null ? refuse(ownRefusals.tierUnknown) : app.fetch(c.req.raw)
  })
}
