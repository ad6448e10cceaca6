import type { MiddlewareHandler } from 'hono'
import { isAnySecret } from '../secret.ts'
import { problemResponse } from './problem-response.ts'

/**
 * Lets only the merchant's own server pass, with any of its keys.
 *
 * `hono/bearer-auth` is not used: it accepts a smaller alphabet than a key may have, responds 400 to a
 * malformed header, and throws its responses, which the app would log as internal errors.
 */
export function requireApiKey(keys: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? ''
    if (await isAnySecret(token, keys)) return next()
    c.header('WWW-Authenticate', 'Bearer realm="merchant"')
    return problemResponse(c, { reason: 'unauthorized' })
  }
}
