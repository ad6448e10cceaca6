/** The fields of a log line: ids, codes, counts. Never a body, a header or a credential. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Writes one event with its fields. */
export type Log = (event: string, fields: LogFields) => void

const maxLength = 300
// JSON escapes the lower control characters; these break a line, or hide text, in some viewers as well.
const deceptive = /[\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/**
 * Makes a log of one-line JSON. Ids and failure texts come from outside, so characters that could forge a
 * second line are escaped, and each text is cut to 300 characters.
 *
 * @param write Receives one finished line.
 * @param now The clock.
 * @returns A log whose lines are `{"at":…,"event":…,…fields}`.
 *
 * @example
 * ```ts
 * import { createLog } from '@quayside/server'
 *
 * const log = createLog((line) => console.log(line), () => new Date('2026-11-22T03:00:00Z'))
 * log('job_done', { job: 'reconcile' }) // {"at":"2026-11-22T03:00:00.000Z","event":"job_done","job":"reconcile"}
 * ```
 */
export function createLog(write: (line: string) => void, now: () => Date): Log {
  return (event, fields) => {
    const shortened = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, maxLength) : value,
    ])
    const line = JSON.stringify({
      at: now().toISOString(),
      event,
      ...Object.fromEntries(shortened),
    })
    write(line.replace(deceptive, escape))
  }
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
