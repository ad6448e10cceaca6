import type { Language } from '@quayside/core'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

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
