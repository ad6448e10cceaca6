import type { Language } from '../runtime/language.ts'

interface DateAndTime {
  readonly date: string
  readonly time: string
}

/** A time as clocks in Korea show it: due dates of accounts are meant so. */
export function toKoreanTime(at: Date, language: Language): DateAndTime {
  const locale = language === 'ko' ? 'ko-KR' : 'en-US'
  const timeZone = 'Asia/Seoul'
  return {
    date: new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' }).format(at),
    time: new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'medium' }).format(at),
  }
}
