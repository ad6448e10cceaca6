import type { MiddlewareHandler } from 'hono'
import { isSameSecret } from '../secret.ts'
import { problemResponse } from './problem-response.ts'

/**
 * Lets only the merchant's own server pass.
 *
 * `hono/bearer-auth` is not used: it accepts a smaller alphabet than a key may have, responds 400 to a
 * malformed header, and throws its responses, which the app would log as internal errors.
 */
export function requireApiKey(key: string): MiddlewareHandler {
  return async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? ''
    if (await isSameSecret(token, key)) return next()
    c.header('WWW-Authenticate', 'Bearer realm="merchant"')
    return problemResponse(c, { reason: 'unauthorized' })
  }
}
