import type { MiddlewareHandler } from 'hono'
import { refusals, refuse } from './envelope.ts'
import { isValid } from './tokens.ts'
import type { World } from './world.ts'

/** Lets a call through that carries a living token, and answers 401 otherwise. */
export function authorize({ ledger, clock }: World): MiddlewareHandler {
  return async function checkToken(c, next) {
    const token = tokenOf(c.req.raw.headers)
    if (!isValid(ledger.token, token, clock.seconds())) return refuse(refusals.unauthorized)
    return next()
  }
}

// Authorization wins over the legacy header, even when only the latter would be right.
function tokenOf(headers: Headers): string {
  const authorization = headers.get('authorization')
  if (authorization !== null) return authorization.trim().replace(/^Bearer\s+/i, '')
  return headers.get('x-imptokenheader')?.trim() ?? ''
}
