/** One piece of work of the server. Names and routes are a small, fixed set; ids are not. */
export type Operation =
  | {
      readonly kind: 'request'
      readonly request: Request
      /** The pattern of the route that responded, such as `/orders/:merchant_uid`; null where none did. Known at the end. */
      readonly route: () => string | null
    }
  /** One run of a job. */
  | { readonly kind: 'job'; readonly name: string }
  /** One try to send an event to the merchant's receiver; `tries` counts from 1. */
  | { readonly kind: 'delivery'; readonly eventId: string; readonly tries: number }
  /** One call of the REST API, with its token and its repetition; `path` is the documented one: `/payments/{imp_uid}`. */
  | { readonly kind: 'provider_call'; readonly method: string; readonly path: string }
  /** One call of the store, such as `orders.record`. */
  | { readonly kind: 'store_call'; readonly name: string }

/**
 * Runs around each operation of a server, to measure or trace it. It must call `run` once, and return or throw what that
 * returns or throws.
 *
 * `outcomeOf` names the outcome in one word of a fixed set: `ok`, or the `reason` of the failure; of a request its
 * HTTP status.
 *
 * @example
 * ```ts
 * import type { Observe } from '@quayside/server'
 *
 * const observe: Observe = async (operation, run, outcomeOf) => {
 *   const value = await run()
 *   console.log(operation.kind, outcomeOf(value)) // job ok
 *   return value
 * }
 * await observe({ kind: 'job', name: 'reconcile' }, async () => 3, () => 'ok')
 * ```
 */
export type Observe = <Value>(
  operation: Operation,
  run: () => Promise<Value>,
  outcomeOf: (value: Value) => string,
) => Promise<Value>

/** The outcome of a call whose failures are values. */
export function outcomeOfResult(result: unknown): string {
  const { ok, failure }: { readonly ok?: unknown; readonly failure?: unknown } = Object(result)
  const { reason }: { readonly reason?: unknown } = Object(failure)
  if (ok !== false) return 'ok'
  return typeof reason === 'string' ? reason : 'failed'
}
