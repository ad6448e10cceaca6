import type { MiddlewareHandler } from 'hono'
import { isSameSecret } from '../orders/order-token.ts'
import { problemResponse } from './problem-response.ts'

/** Lets only the merchant's own server pass. */
export function requireApiKey(key: string): MiddlewareHandler {
  return async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? ''
    if (await isSameSecret(token, key)) return next()
    c.header('WWW-Authenticate', 'Bearer realm="merchant"')
    return problemResponse(c, { reason: 'unauthorized' })
  }
}
