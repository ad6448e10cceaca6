/** A function whose source text is sent to a browser. */
type Part = (...args: never[]) => unknown

/**
 * Writes functions as one classic script that calls `start(window, settings, rooms)`.
 *
 * Functions of one file keep seeing each other because all land in one scope. What a file imports is out of
 * sight, since loaders rename imports: functions of another file come as `rooms`, and belong to `parts` as well.
 */
export function toScript(
  start: Part,
  parts: readonly Part[],
  settings: Readonly<Record<string, string>> = {},
  rooms: Readonly<Record<string, Part>> = {},
): string {
  const named = Object.entries(rooms).map(([name, room]) => `${name}: ${room.name}`)
  const values = ['window', JSON.stringify(settings), `{ ${named.join(', ')} }`].join(', ')
  // Bundlers that keep function names wrap them in a helper of theirs, which no browser page has.
  const body = ['const __name = (value) => value', ...[...parts, start].map(String)]
  return `(() => {\n'use strict'\n${body.join('\n')}\n;(${start.name})(${values})\n})()\n`
}
