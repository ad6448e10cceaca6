import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

const name = 'visitor'

/** Gives a browser an id, by which its open orders are found again. */
export function rememberVisitor(newId: () => string): MiddlewareHandler {
  return async (c, next) => {
    if (visitorOf(c) === '') {
      setCookie(c, name, newId() + newId(), {
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        maxAge: 2_592_000,
      })
    }
    await next()
  }
}

/** The id of the browser; empty without one. */
export function visitorOf(c: Context): string {
  const id = getCookie(c, name) ?? ''
  return /^[\da-z]{16,64}$/i.test(id) ? id : ''
}
