/** The fields of every response. */
export interface Envelope {
  /** The provider's code: 0 for a success, anything else is a refusal; null from a service without codes. */
  readonly code: number | null
  /** The provider's message: text, or null. */
  readonly message?: unknown
  /** The documented value of a success. */
  readonly response?: unknown
  /** The error of the PG itself. */
  readonly error?: unknown
}

/** Reads the envelope from decoded JSON; null without one. */
export type ReadEnvelope = (json: unknown, httpStatus: number) => Envelope | null
