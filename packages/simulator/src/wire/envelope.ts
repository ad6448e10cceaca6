import type { Refusal } from '../domain/refusals.ts'

/** What every REST answer is wrapped in. */
export interface Envelope {
  readonly code: number
  readonly message: string | null
  readonly response?: unknown
  /** What the PG said, at the one operation that passes it on. */
  readonly error?: { readonly code: string; readonly message: string }
  readonly data?: null
}

/** An answer in the provider's envelope. Success is 200 (or 207), for POST too. */
export function succeed(response: unknown, status: 200 | 207 = 200): Response {
  return envelope({ code: 0, message: null, response }, status)
}

/** A refusal in the provider's own voice. */
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
