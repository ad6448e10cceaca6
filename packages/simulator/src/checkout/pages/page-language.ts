import type { Language } from '../../runtime/language.ts'

/** The language the shop requested, else the one the browser prefers, else Korean. */
export function toLanguage(requested: unknown, acceptLanguage: string | undefined): Language {
  const first =
    typeof requested === 'string' && requested !== '' ? requested : (acceptLanguage ?? 'ko')
  return first.trim().toLowerCase().startsWith('ko') ? 'ko' : 'en'
}
