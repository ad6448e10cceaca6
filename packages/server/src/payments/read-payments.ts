import { type ClientFailure, PaymentClientError, payments } from '@quayside/client'
import type { JobDeps } from '../deps.ts'
import type { Budget } from '../run-budget.ts'
import { type ParsedRecord, parseRecords } from './payment-record.ts'

/** What was read of the payments that were requested. */
export interface PaymentRead {
  readonly records: readonly ParsedRecord[]
  /** Ids whose payments cannot be read, each alone: a response that is too large, or an error for this id only. */
  readonly unreadable: ReadonlySet<string>
  /** Ids that were not read, because the provider is unavailable or the budget is spent: for a later run. */
  readonly unread: ReadonlySet<string>
}

/** Which ids: of payments, or of orders. */
export type IdName = 'imp_uid' | 'merchant_uid'

/** The provider's limit for one call. */
export const maxIdsPerCall = 100

/** A call may be repeated once by the client. */
export const costOfCall = { requests: 2 }
const partsOfBatch = 10
/** So many ids failed alone, and nothing was read: the provider is unavailable. */
const failuresWhenUnavailable = 2
const minuteMs = 60_000

interface Reading {
  readonly records: ParsedRecord[]
  readonly unreadable: Set<string>
  readonly unread: Set<string>
  hasResponse: boolean
  isUnavailable: boolean
}

/**
 * Reads the payments of up to a hundred ids in as few calls as possible. A batch that fails because of some ids is
 * requested again in parts, until those ids stand alone: each is logged, and the others are read.
 */
export async function readPayments(
  name: IdName,
  ids: readonly string[],
  deps: JobDeps,
  budget: Budget,
): Promise<PaymentRead> {
  const reading: Reading = {
    records: [],
    unreadable: new Set(),
    unread: new Set(),
    hasResponse: false,
    isUnavailable: false,
  }
  // Begins with another id in each minute, so that the same ids cannot hide each time that the provider responds.
  const first = ids.length === 0 ? 0 : Math.floor(deps.now().getTime() / minuteMs) % ids.length
  await readPart(name, [...ids.slice(first), ...ids.slice(0, first)], reading, deps, budget)
  if (!reading.hasResponse) {
    for (const id of reading.unreadable) reading.unread.add(id)
    reading.unreadable.clear()
  }
  for (const id of reading.unreadable) {
    deps.log('payment_unreadable', name === 'imp_uid' ? { impUid: id } : { merchantUid: id })
  }
  return reading
}

async function readPart(
  name: IdName,
  ids: readonly string[],
  reading: Reading,
  deps: JobDeps,
  budget: Budget,
): Promise<void> {
  const [only = ''] = ids
  if (ids.length === 0) return
  if (reading.isUnavailable || !budget.take(costOfCall)) {
    for (const id of ids) reading.unread.add(id)
    return
  }
  const response = await deps.client.call(
    payments.several,
    name === 'imp_uid' ? { imp_uid: ids } : { merchant_uid: ids },
  )
  // None of them has a payment: the usual case, because many payment windows are never opened.
  if (response.ok || response.failure.reason === 'not_found') {
    reading.hasResponse = true
    if (response.ok) reading.records.push(...parseRecords(response.value, deps.log))
    return
  }
  const { failure } = response
  deps.log('payments_not_read', { ids: ids.length, ...toFailureFields(failure) })
  if (isTooLarge(failure)) reading.hasResponse = true
  if (!mayBeBoundToIds(failure)) {
    reading.isUnavailable = true
    for (const id of ids) reading.unread.add(id)
    return
  }
  if (ids.length === 1) {
    reading.unreadable.add(only)
    reading.isUnavailable =
      !reading.hasResponse && reading.unreadable.size >= failuresWhenUnavailable
    return
  }
  const size = Math.ceil(ids.length / partsOfBatch)
  for (let from = 0; from < ids.length; from += size) {
    await readPart(name, ids.slice(from, from + size), reading, deps, budget)
  }
}

/** Whether a response was larger than the client accepts. */
export function isTooLarge(failure: ClientFailure): boolean {
  return failure.reason === 'malformed_response' && failure.problem === 'too_large'
}

/** The reason and the text of a failure, for the log. */
export function toFailureFields(failure: ClientFailure) {
  return { reason: failure.reason, cause: new PaymentClientError(failure).message }
}

/** Whether a call may have failed because of what it asks for, and not because the provider is unavailable. */
function mayBeBoundToIds({ reason }: ClientFailure): boolean {
  switch (reason) {
    case 'refused':
    case 'server_error':
    case 'unexpected_status':
    case 'malformed_response':
    case 'timeout':
    case 'not_found':
    case 'invalid_argument':
      return true
    case 'unauthorized':
    case 'rate_limited':
    case 'aborted':
    case 'unreachable':
    case 'outcome_unknown':
      return false
  }
}
