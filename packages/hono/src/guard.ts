import type { Language } from '@quayside/core'
import type { Context, MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import { languageDetector } from 'hono/language'
import { secureHeaders } from 'hono/secure-headers'

/** What every answer carries, errors included: not cached, not framed, not run, not named to others. */
export const headers: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginOpenerPolicy: 'same-origin',
  // The shop's pages read the answers from another origin; CORS says which may.
  crossOriginResourcePolicy: 'cross-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
})

/** Answers are about one buyer's payment at one moment. */
export const noStore: MiddlewareHandler = createMiddleware(async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
})

/** Korean or English, by the reader's `Accept-Language`. */
export const language: MiddlewareHandler = languageDetector({
  order: ['header'],
  caches: false,
  supportedLanguages: ['en', 'ko'],
  fallbackLanguage: 'en',
  convertDetectedLanguage: (tag) => tag.split('-', 1)[0] ?? tag,
})

/** The language that {@link language} found. */
export function languageOf(c: Context): Language {
  return c.get('language') === 'ko' ? 'ko' : 'en'
}

/** Lets the pages of these origins in, and turns away requests that come from any other page. */
export function onlyFrom(
  origins: readonly string[],
): readonly [MiddlewareHandler, MiddlewareHandler] {
  const share = cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'X-Requested-With'],
    maxAge: 600,
  })
  const turnAway = createMiddleware(async (c, next) => {
    const origin = c.req.header('Origin')
    // A form post needs no preflight, so CORS alone would let a foreign page in.
    if (origin !== undefined && !origins.includes(origin) && origin !== new URL(c.req.url).origin) {
      return c.json({ status: 'invalid', error: 'origin_refused' }, 403)
    }
    await next()
    return
  })
  return [share, turnAway]
}
