/** The properties of a value from outside; empty for a value without any. */
export type Fields = Readonly<Record<string, unknown>>

/** Reads any value as properties: a decoded response, a thrown value of any realm, a caller's parameters. */
export function fieldsOf(value: unknown): Fields {
  return Object(value)
}
