/** The members of something from outside; none where it has none. */
export type Fields = Readonly<Record<string, unknown>>

/** Reads anything as members: a decoded answer, a thrown thing of whatever realm, a caller's parameters. */
export function fieldsOf(value: unknown): Fields {
  return Object(value)
}
