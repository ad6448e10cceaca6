/** What parsers leave of a body that they have read. */
export interface ParsedBody {
  /** What a parser made of the body: fields, text or bytes. */
  readonly body?: unknown
  /** The bytes or the text, where a parser keeps them. */
  readonly rawBody?: unknown
}

const form = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/**
 * Restores a body that was read before: from its bytes where the parser kept them, otherwise from its fields. It must have had
 * some: what is empty now was emptied.
 *
 * @returns The bytes, or null where nothing is left of the body.
 */
export function restoreBody(parsed: ParsedBody, contentType: string): Buffer | null {
  return toBytes(parsed.rawBody) ?? toBytes(parsed.body) ?? encode(parsed.body, contentType)
}

function toBytes(value: unknown): Buffer | null {
  if (value === '') return null
  if (typeof value === 'string') return Buffer.from(value)
  return value instanceof Uint8Array && value.byteLength > 0
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : null
}

function encode(body: unknown, contentType: string): Buffer | null {
  if (typeof body !== 'object' || body === null) return null
  // Empty bytes are an object, too.
  if (Object.keys(body).length === 0) return null
  const text = form.test(contentType) ? encodeForm(body) : JSON.stringify(body)
  return Buffer.from(text)
}

function encodeForm(body: object): string {
  const encoded = new URLSearchParams()
  for (const [name, value] of Object.entries(body)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    // Parsers make a list of one value only where the sender marked it as a list.
    const sent = Array.isArray(value) && values.length === 1 ? `${name}[]` : name
    for (const each of values) {
      encoded.append(sent, typeof each === 'string' ? each : JSON.stringify(each))
    }
  }
  return encoded.toString()
}
