/** A function whose source text is sent to a browser. */
type Part = (...args: never[]) => unknown

/**
 * Writes functions as one classic script that calls `start(window, settings, rooms)`.
 *
 * Functions of one file keep seeing each other because all land in one scope. What a file imports is out of
 * sight, since loaders rename imports: functions of another file come as `rooms`.
 */
export function toScript(
  start: Part,
  parts: readonly Part[],
  settings: Readonly<Record<string, string>> = {},
  imported: Readonly<Record<string, Part>> = {},
): string {
  // By their text, not by their name: minifiers may leave the two different.
  const named = Object.entries(imported).map(([name, part]) => `${name}: ${String(part)}`)
  const values = `window, ${JSON.stringify(settings)}, { ${named.join(', ')} }`
  // Bundlers that keep function names wrap them in a helper of theirs, which no browser page has.
  const body = ['const __name = (value) => value', ...parts.map(String)]
  return `(() => {\n'use strict'\n${body.join('\n')}\n;(${String(start)})(${values})\n})()\n`
}
