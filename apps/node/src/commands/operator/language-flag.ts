import type { Language } from '@quayside/core'
import { detectLanguage } from '../../terminal/language.ts'

/** The flag of commands that write to people in both languages. */
export interface LanguageFlags {
  readonly lang?: Language
}

/** The language of the flag, or that of the environment. */
export function toLanguage({ lang }: LanguageFlags): Language {
  return lang ?? detectLanguage(process.env)
}
