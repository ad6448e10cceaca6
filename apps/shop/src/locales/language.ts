import type { MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { languageDetector } from 'hono/language'
import { english } from './english.ts'
import { korean } from './korean.ts'
import type { Messages } from './messages.ts'

export type Language = 'ko' | 'en'

const locales = { ko: korean, en: english } satisfies Record<Language, Messages>

export function messagesOf(language: Language): Messages {
  return locales[language]
}

export function toLanguage(detected: string): Language {
  return detected === 'en' ? 'en' : 'ko'
}

export const detectLanguage: MiddlewareHandler = languageDetector({
  supportedLanguages: ['ko', 'en'],
  fallbackLanguage: 'ko',
  caches: false,
})

/** Only a language the visitor chose is remembered; a guess from the browser is made anew each time. */
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
