/** Control characters, those that hide or reorder text, and line breaks: a terminal obeys some of them. */
const deceptive = /[\p{Cc}\p{Cf}\u2028\u2029]/gu
const maxLength = 500

/**
 * Returns a text from outside as one line that a terminal only shows: ids and failure texts come from buyers and from
 * other servers, and an escape sequence in them could rewrite what the operator reads.
 */
export function toPrintable(text: string): string {
  return text.toWellFormed().replace(deceptive, '\ufffd').slice(0, maxLength)
}
