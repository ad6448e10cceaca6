import type { Refusal } from '../domain/refusals.ts'

/** The envelope of every REST response. */
export interface Envelope {
  readonly code: number
  readonly message: string | null
  readonly response?: unknown
  /** The PG's error, at the only operation that returns it. */
  readonly error?: { readonly code: string; readonly message: string }
  readonly data?: null
}

/** A successful response in the provider's envelope: 200 (or 207), for POST as well. */
export function succeed(response: unknown, status: 200 | 207 = 200): Response {
  return envelope({ code: 0, message: null, response }, status)
}

/** A refusal in the provider's envelope. */
export function refuse({ status, code, message }: Refusal): Response {
  return envelope({ code, message, response: null }, status)
}

/** Any envelope at any status. */
export function envelope(
  body: Envelope,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  })
}
