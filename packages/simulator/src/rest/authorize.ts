import type { MiddlewareHandler } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { isValid } from '../domain/access-token.ts'
import { refusals } from '../domain/refusals.ts'
import { refuse } from '../wire/envelope.ts'

/** Passes a call with a valid token on, and returns 401 otherwise. */
export function authorize({ state, clock }: SimulatorContext): MiddlewareHandler {
  return async function checkToken(c, next) {
    const token = tokenOf(c.req.raw)
    if (!isValid(state.token, token, clock.seconds())) return refuse(refusals.unauthorized)
    return next()
  }
}

// Authorization takes precedence over the two older forms, even when only one of those is valid.
function tokenOf({ headers, url }: Request): string {
  const authorization = headers.get('authorization')
  if (authorization !== null) return authorization.trim().replace(/^Bearer\s+/i, '')
  const older = headers.get('x-imptokenheader') ?? new URL(url).searchParams.get('_token')
  return older?.trim() ?? ''
}
