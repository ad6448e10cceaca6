import { seoulOffsetMs } from '../../runtime/seoul-time.ts'

const due = /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T]?(\d{2}):?(\d{2}):?(\d{2})?)?$/

/** Reads `vbank_due` (a day, or a day and a time, in Seoul) into UNIX seconds; null when it is neither. A day means its last second. */
export function readDue(text: string): number | null {
  const match = due.exec(text)
  if (match === null) return null
  const [, year, month, day, hours = '23', minutes = '59', seconds] = match
  const lastSecond = match[4] === undefined ? '59' : '00'
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds ?? lastSecond),
  )
  return (ms - seoulOffsetMs) / 1000
}
