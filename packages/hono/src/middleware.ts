import type { Language } from '@quayside/core'
import type { Context, MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

const secure = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginOpenerPolicy: 'same-origin',
  // The shop's pages read the responses from another origin; CORS limits which origins can.
  crossOriginResourcePolicy: 'cross-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // For browsers that no longer exist, or for pages: a response of these routes is JSON or leads to a page elsewhere.
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
})

/** Requests whose response gets its headers from an outer {@link responseHeaders}. */
const withHeaders = new WeakSet<Context>()

/**
 * Middleware that sets the headers of every response, errors included: no frame, no script, no referrer, and no cache, because
 * a response is about one buyer's payment at one time. An app inside another one that uses it sets nothing again.
 *
 * @example
 * ```ts
 * import { responseHeaders } from '@quayside/hono'
 * import { Hono } from 'hono'
 *
 * const app = new Hono().use(responseHeaders).get('/', (c) => c.text('paid'))
 * console.log((await app.request('/')).headers.get('cache-control')) // no-store
 * ```
 */
export const responseHeaders: MiddlewareHandler = async (c, next): Promise<Response | void> => {
  if (withHeaders.has(c)) return next()
  withHeaders.add(c)
  return secure(c, async () => {
    await next()
    setHeader(c, 'Cache-Control', 'no-store')
  })
}

/**
 * Sets a header of a response that exists. Not by `c.header`, which makes a copy: Node's adapter writes a response that was not
 * copied several times as fast.
 */
function setHeader(c: Context, name: string, value: string): void {
  try {
    c.res.headers.set(name, value)
  } catch {
    // The headers of a response of `fetch` or `Response.redirect` cannot be changed, those of a copy can.
    c.header(name, value)
  }
}

/**
 * The language of a response by `Accept-Language`: Korean or English, whichever comes first in the header, and
 * English without either.
 *
 * @param c The request's context in any Hono app.
 * @returns `ko` or `en`.
 *
 * @example
 * ```ts
 * import { languageOf } from '@quayside/hono'
 * import { Hono } from 'hono'
 *
 * const app = new Hono().get('/', (c) => c.text(languageOf(c)))
 * const response = await app.request('/', { headers: { 'Accept-Language': 'ko-KR,ko;q=0.9' } })
 * console.log(await response.text()) // ko
 * ```
 */
export function languageOf(c: Context): Language {
  const language = accepts(c, {
    header: 'Accept-Language',
    supports: ['en', 'ko'],
    default: 'en',
    match: (wanted, { default: otherwise }) =>
      wanted
        .filter(({ q }) => q > 0)
        .map(({ type }) => type.split('-', 1)[0]?.toLowerCase())
        .find((tag) => tag === 'ko' || tag === 'en') ?? otherwise,
  })
  return language === 'ko' ? 'ko' : 'en'
}

/** Allows scripts of pages of these origins to read the responses, and refuses the requests for which `isRefused` holds. */
export function allowOrigins(
  origins: readonly string[],
  isRefused: (request: Request) => boolean,
): readonly [MiddlewareHandler, MiddlewareHandler] {
  const respondToPreflight = cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'X-Requested-With'],
    maxAge: 600,
  })
  const corsHeaders: MiddlewareHandler = async (c, next) => {
    // Of any other response it would make a copy, as `c.header` does.
    if (c.req.method === 'OPTIONS') return respondToPreflight(c, next)
    await next()
    const origin = c.req.header('Origin')
    if (origin !== undefined && origins.includes(origin)) {
      setHeader(c, 'Access-Control-Allow-Origin', origin)
    }
    const vary = c.res.headers.get('Vary')
    setHeader(c, 'Vary', vary === null ? 'Origin' : `${vary}, Origin`)
  }
  const refuseOtherOrigins = createMiddleware(async (c, next) => {
    // A form post needs no preflight, so CORS alone would not stop a foreign page.
    if (isRefused(c.req.raw)) {
      return c.json({ status: 'invalid', error: 'origin_refused' }, 403)
    }
    await next()
    return
  })
  return [corsHeaders, refuseOtherOrigins]
}

/**
 * Leads a buyer who returns to a page of the shop where the response would be an error: a limit refused the request, or
 * something failed that should not. Errors of the sender, such as another method, stay.
 */
export function withoutErrors(
  page: string,
  isReturn: (request: Request) => boolean,
): MiddlewareHandler {
  return createMiddleware(async (c, next) => {
    await next()
    const isError = c.res.status === 429 || c.res.status >= 500
    if (!isError || !isReturn(c.req.raw)) return
    // Without the headers of the error.
    c.res = undefined
    c.res = new Response(null, { status: 303, headers: { Location: new URL(page).href } })
  })
}
