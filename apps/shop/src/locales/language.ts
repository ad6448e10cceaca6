import { english } from './english.ts'
import { korean } from './korean.ts'
import type { Messages } from './messages.ts'

export type Language = 'ko' | 'en'

const locales = { ko: korean, en: english } satisfies Record<Language, Messages>

export function messagesOf(language: Language): Messages {
  return locales[language]
}
