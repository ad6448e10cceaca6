import type { Context, MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { languageDetector } from 'hono/language'
import type { Language } from '../locales/language.ts'

/** Detects the language of a page: from the query, the cookie or `Accept-Language`. */
export const detectLanguage: MiddlewareHandler = languageDetector({
  supportedLanguages: ['ko', 'en'],
  fallbackLanguage: 'ko',
  caches: false,
})

/** Stores only a language the visitor chose; one from `Accept-Language` is detected anew each time. */
export const rememberLanguage: MiddlewareHandler = async (c, next) => {
  const chosen = c.req.query('lang')
  if (chosen === 'ko' || chosen === 'en') {
    setCookie(c, 'language', chosen, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 31_536_000,
    })
  }
  await next()
}

/** The language that {@link detectLanguage} found. */
export function languageOf(c: Context): Language {
  return c.get('language') === 'en' ? 'en' : 'ko'
}
