import { subscribe } from '@quayside/client'
import {
  type ChargeAttempt,
  type Order,
  ok,
  openOrder,
  parsePayment,
  recordRefusal,
  type SubscriptionWrite,
  toAmount,
} from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import { attemptPolicy } from '../domain/attempt-policy.ts'
import { toBuyerDetails, toTaxFreePart } from '../domain/charge-details.ts'
import { payeeOfKey } from '../domain/payee.ts'
import type { StoredSubscription } from '../domain/stored-subscription.ts'
import { toDepsOf } from '../payees.ts'
import { toFailureFields } from '../payments/read-payments.ts'
import { syncRecord } from '../payments/sync-record.ts'
import { toState } from './state.ts'

/** A card company may take longer than any other call; the lease of the subscription takes longer still. */
const timeouts = { timeoutMs: 25_000, attemptTimeoutMs: 20_000 }

/** By then another caller may have found out that the provider has no payment, and call in turn. */
const maxDelayMs = 20_000

/** What is known after the call of an attempt. */
export type ChargeOutcome =
  /** The payment was written for the order, and nothing else since the attempt: it is paid or has failed. */
  | { readonly kind: 'recorded'; readonly order: Order }
  /** Nothing was charged. `write` says so of the subscription as it was written. */
  | { readonly kind: 'refused'; readonly write: SubscriptionWrite }
  /** Nothing, or another writer was first. */
  | { readonly kind: 'unknown' }

const unknown: ChargeOutcome = { kind: 'unknown' }

/**
 * Charges the key of an attempt, whose permission to call this process has written. What the provider answers is recorded
 * for the order of the attempt; of a call without an answer nothing is known, and a lookup finds out.
 */
export async function charge(
  attempt: ChargeAttempt,
  stored: StoredSubscription,
  billingKeys: readonly string[],
  deps: JobDeps,
): Promise<ChargeOutcome> {
  const { merchantUid, amount, billingKey, sentAt } = attempt
  if (deps.now().getTime() - sentAt > maxDelayMs) return unknown
  const refuse = (message: string): ChargeOutcome => {
    const state = toState(stored, billingKeys)
    const write = recordRefusal(state, merchantUid, message, deps.now().getTime())
    return write === null ? unknown : { kind: 'refused', write }
  }
  // The money would arrive where nobody looks for it.
  if (payeeOfKey(billingKey) !== stored.payee) return refuse('billing_key_of_another_account')
  const taxFree = toTaxFreePart(stored, amount)
  const response = await toDepsOf(stored.payee, deps).client.call(
    subscribe.again,
    {
      customer_uid: billingKey,
      merchant_uid: merchantUid,
      amount: toAmount(amount),
      currency: amount.currency,
      name: stored.name,
      ...(taxFree === null ? {} : { tax_free: toAmount(taxFree) }),
      ...toBuyerDetails(stored),
    },
    timeouts,
  )
  if (response.ok) return recordPayment(attempt, stored, response.value, deps)
  const { failure } = response
  deps.log('charge_not_confirmed', { merchantUid, ...toFailureFields(failure) })
  switch (failure.reason) {
    case 'refused':
    case 'not_found':
      return refuse(failure.message ?? failure.reason)
    case 'invalid_argument':
      return refuse(`${failure.parameter} is ${failure.problem}`)
    // Nothing was charged, or nothing is known: a lookup finds out either way.
    case 'unauthorized':
    case 'rate_limited':
    case 'server_error':
    case 'unexpected_status':
    case 'malformed_response':
    case 'timeout':
    case 'aborted':
    case 'unreachable':
    case 'outcome_unknown':
      return unknown
  }
}

/** Records the payment of an answer. Whatever cannot be recorded now is found by a lookup. */
async function recordPayment(
  { merchantUid, amount, sends }: ChargeAttempt,
  { payee }: StoredSubscription,
  record: unknown,
  deps: JobDeps,
): Promise<ChargeOutcome> {
  const payment = parsePayment(record)
  if (!payment.ok) {
    deps.log('record_malformed', { merchantUid, field: payment.failure.field })
    return unknown
  }
  const expected = {
    merchantUid,
    amount,
    allowances: [],
    policy: attemptPolicy,
    ...(payee === undefined ? {} : { payee }),
  }
  // The order was created with the first permission to call. A webhook may have been faster: a write names the sequence.
  const found = sends === 1 ? ok(openOrder(expected)) : await deps.store.orders.find(merchantUid)
  if (!found.ok) return unknown
  const synced = await syncRecord(found.value, payment.value.impUid, record, deps)
  if (!synced.ok) {
    deps.log('charge_not_recorded', { merchantUid, reason: synced.failure.reason })
    return unknown
  }
  const { order } = synced.value
  const isKnown = sends === 1 && order.sequence === 1
  return isKnown && (order.status === 'paid' || order.status === 'failed')
    ? { kind: 'recorded', order }
    : unknown
}
