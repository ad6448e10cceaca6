/** A function whose source text is sent to a browser. */
type Part = (...args: never[]) => unknown

/**
 * Writes functions as one classic script that calls `start(window, …args)`.
 *
 * The functions keep seeing each other because all of them land in one scope; anything they import is lost.
 */
export function toScript(
  start: Part,
  parts: readonly Part[],
  ...args: readonly Readonly<Record<string, string>>[]
): string {
  const values = ['window', ...args.map((arg) => JSON.stringify(arg))].join(', ')
  // Bundlers that keep function names wrap them in a helper of theirs, which no browser page has.
  const body = ['const __name = (value) => value', ...[...parts, start].map(String)]
  return `(() => {\n'use strict'\n${body.join('\n')}\n;(${start.name})(${values})\n})()\n`
}
