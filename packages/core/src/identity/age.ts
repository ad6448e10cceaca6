const seoulOffsetMs = 9 * 60 * 60 * 1_000

/**
 * Returns the age of a person in full years (만 나이) on a day in Seoul, which has no daylight-saving time.
 *
 * Who was born on 29 February completes a year on 1 March where the year has no such day: the Civil Act (민법 제158조,
 * 제160조) counts the day of birth, so that a year ends with the day before the birthday, or with the last of the month.
 *
 * @param birthday The day of birth, `YYYY-MM-DD`.
 * @param at An instant of the day.
 * @returns Whole years; negative for a birthday that is to come.
 *
 * @example
 * ```ts
 * import { ageInSeoul } from '@quayside/core'
 *
 * const eve = new Date('2027-03-01T14:59:59Z') // 23:59:59 in Seoul
 * console.log(ageInSeoul('2008-03-02', eve), ageInSeoul('2008-03-02', new Date('2027-03-01T15:00:00Z'))) // 18 19
 * ```
 */
export function ageInSeoul(birthday: string, at: Date): number {
  // oxlint-disable-next-line eslint/no-restricted-globals -- the given instant on the calendar of Seoul, not the clock
  const today = new Date(at.getTime() + seoulOffsetMs).toISOString()
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4))
  return today.slice(5, 10) < birthday.slice(5, 10) ? years - 1 : years
}
