import type { Language } from '@quayside/core'

/** A text for people in both languages. */
export type Text = Readonly<Record<Language, string>>

/** The language of the environment, as POSIX orders the variables: Korean for `ko…`, English for anything else. */
export function detectLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^ko(?![a-z])/i.test(locale) ? 'ko' : 'en'
}
