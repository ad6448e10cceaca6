// Dates of Asia/Seoul (+09:00, no daylight saving time) as whole days since 1970-01-01, without the clock of a runtime.

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const seoulMs = 9 * hourMs

/** A month as its number since January of year 0. */
type Month = number

/** Returns the day on which an instant lies in Seoul. */
export function toSeoulDay(at: number): number {
  return Math.floor((at + seoulMs) / dayMs)
}

/** Returns the instant at which an hour of a day begins in Seoul. */
export function atSeoulHour(day: number, hour: number): number {
  return day * dayMs + hour * hourMs - seoulMs
}

/** Returns the first instant from `at` on at which an hour of the day begins in Seoul. */
export function nextSeoulHour(at: number, hour: number): number {
  const sameDay = atSeoulHour(toSeoulDay(at), hour)
  return sameDay < at ? sameDay + dayMs : sameDay
}

/** Returns the instant that lies a number of days later. */
export function addDays(at: number, days: number): number {
  return at + days * dayMs
}

/** Returns the month of a day, and which day of the month it is. */
export function toMonth(day: number): { readonly month: Month; readonly dayOfMonth: number } {
  // Years begin in March here, so that the leap day is the last one (Howard Hinnant, civil_from_days).
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  return {
    month: (yearOfEra + era * 400) * 12 + marchMonth + 2,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** Returns the day of a month with that number, or its last day in a shorter month. */
export function toDayOfMonth(month: Month, dayOfMonth: number): number {
  const first = toFirstDay(month)
  return first + Math.min(dayOfMonth, toFirstDay(month + 1) - first) - 1
}

function toFirstDay(month: Month): number {
  const marchMonths = month - 2
  const year = Math.floor(marchMonths / 12)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (marchMonths - year * 12) + 2) / 5)
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
