/** Every fault that can happen to a REST call. */
export const faultNames = [
  'unauthorized',
  'forbidden',
  'not_found',
  'request_timeout',
  'too_many',
  'too_many_bare',
  'error_html',
  'error_json',
  'not_implemented',
  'bad_gateway_html',
  'unavailable_json',
  'unavailable_retry_after',
  'gateway_timeout',
  'redirect',
  'refused',
  'pg_refused',
  'null_response',
  'empty_body',
  'html',
  'reset',
  'reset_after',
  'hang',
  'slow',
  'truncated_json',
  'doubled_body',
  'byte_order_mark',
  'wrong_encoding',
  'wrong_charset',
  'stalled_body',
  'stalled_last_byte',
  'created',
  'other_payment',
  'amount_as_string',
  'amount_null',
  'missing_field',
  'unknown_status',
  'stale_record',
] as const

/** The name of a fault. */
export type FaultName = (typeof faultNames)[number]

/** Whether a name is the name of a fault. */
export function isFaultName(name: unknown): name is FaultName {
  return faultNames.some((each) => each === name)
}

/** A fault set for later calls. */
export interface FaultRule {
  readonly fault: FaultName
  /** A documented path (`/payments/{imp_uid}`), a real one, or `*` for every REST call. */
  readonly path: string
  /** Null for any method. */
  readonly method: string | null
  /** How many more calls it affects; null for every call. */
  remaining: number | null
  /** How long `slow` waits. */
  readonly delayMs: number
  /** The member that `missing_field` removes. */
  readonly field: string
}
