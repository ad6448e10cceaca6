/** What may stand in a log line: ids, codes, counts. Never a body, a header or a credential. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Writes one event as one line. */
export type Log = (event: string, fields: LogFields) => void

const maxLength = 300
// JSON escapes the lower control characters; these break a line, or hide text, in some viewers as well.
const deceptive = /[\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/**
 * Makes a log of one-line JSON. Ids and failure texts come from strangers, so whatever could forge a
 * second line is escaped and every text is cut.
 *
 * @param write Takes one finished line.
 * @param now The clock.
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
