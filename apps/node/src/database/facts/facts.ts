/** What a check reads of a database server that it can use otherwise. */
export interface DatabaseFacts {
  /** The server's clock when it answered, in milliseconds since 1970. */
  readonly timeMs: number
  /** The isolation level of statements outside of a transaction, as `read committed`. */
  readonly isolation: string
  /** Settings with which a commit may be lost when the machine loses its power, as `name = value`. */
  readonly unsafeSettings: readonly string[]
  /** Null where the user's rights are not known. */
  readonly mayCreateTables: boolean | null
}
