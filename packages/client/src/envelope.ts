/** What an answer says. `code` is null where the service sends none and refuses. */
export interface Envelope {
  readonly code: number | null
  readonly message?: unknown
  readonly response?: unknown
  /** What the PG itself said. */
  readonly error?: unknown
}

/** Finds the envelope in decoded JSON; null where there is none. */
export type ReadEnvelope = (json: unknown, httpStatus: number) => Envelope | null
