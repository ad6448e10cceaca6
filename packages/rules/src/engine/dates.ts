import type { DateFormat } from '../model/rule.ts'

const patterns: Readonly<Record<DateFormat, RegExp>> = {
  YYYYMMDD: /^(\d{4})(\d\d)(\d\d)$/,
  YYYYMMDDHHmm: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/,
  YYYYMMDDHHmmss: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/,
  'YYYY-MM-DD': /^(\d{4})-(\d\d)-(\d\d)$/,
  'YYYY-MM-DD HH:mm:ss': /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/,
  'ISO 8601': /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/,
  'HH:mm': /^()()()(\d\d):(\d\d)$/,
}

const koreaHours = 9

/** Whether a text is a date of the calendar, written in this way. */
export function isDate(text: string, format: DateFormat): boolean {
  const match = patterns[format].exec(text)
  if (match === null) return false
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0'] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return false
  if (year === '') return true
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

/** Whether a due date without its time zone, which is Korea's, is over; a day ends at midnight. */
export function isPast(text: string, now: Date): boolean {
  const digits = text.replace(/\D/g, '')
  const [, year = '', month = '', day = '', hour = '23', minute = '59', second = '59'] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?/.exec(digits) ?? []
  if (year === '') return false
  const numbers = [year, month, day, hour, minute, second].map(Number)
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = numbers
  return Date.UTC(y, m - 1, d, h - koreaHours, min, s) < now.getTime()
}
