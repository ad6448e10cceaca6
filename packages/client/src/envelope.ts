/** The fields of every response. `code` is null for a refusal by a service that sends no code. */
export interface Envelope {
  readonly code: number | null
  readonly message?: unknown
  readonly response?: unknown
  /** The error of the PG itself. */
  readonly error?: unknown
}

/** Reads the envelope from decoded JSON; null without one. */
export type ReadEnvelope = (json: unknown, httpStatus: number) => Envelope | null
