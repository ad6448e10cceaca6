import { type FetchPayment, fail, type ImpUid, ok } from '@quayside/core'

/** What a lookup returns: the record, or why there is none. */
export type LookupResult = Awaited<ReturnType<FetchPayment>>

/** Why the guard made no lookup. */
export interface LookupLimited {
  readonly reason: 'lookup_limited'
  readonly by: 'circuit_breaker' | 'rate_limit' | 'guess_limit' | 'concurrency_limit'
}

/** The result of a lookup that was not made. */
export function limited(by: LookupLimited['by']): LookupResult {
  const cause: LookupLimited = { reason: 'lookup_limited', by }
  return fail({ reason: 'provider_unavailable', cause })
}

export function isNotFound(found: LookupResult): boolean {
  return !found.ok && found.failure.reason === 'payment_not_found'
}

export function isProviderFailure(found: LookupResult): boolean {
  return !found.ok && found.failure.reason !== 'payment_not_found'
}

/** Reads a text of a record that was looked up; undefined without one. */
export function readText(found: LookupResult, name: 'status' | 'merchant_uid'): unknown {
  return found.ok ? readOwn(found.value, name) : undefined
}

/** Picks one payment from the list of its order. */
export function pickPayment(list: LookupResult, impUid: ImpUid): LookupResult {
  const [record] = findRecords(list, 'imp_uid', impUid)
  if (!list.ok && !isNotFound(list)) return list
  return record === undefined ? fail({ reason: 'payment_not_found', impUid }) : ok(record)
}

/** Finds the records of a list with this member. */
export function findRecords(
  list: LookupResult,
  name: 'imp_uid' | 'status',
  value: string,
): readonly unknown[] {
  const records: unknown = list.ok ? list.value : []
  return Array.isArray(records)
    ? records.filter((each: unknown) => readOwn(each, name) === value)
    : []
}

/** Reads a member of a decoded value that is its own; undefined without one. */
function readOwn(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
