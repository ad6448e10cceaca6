import type { LookupFailure } from '@quayside/core'
import {
  type BillingKeyRecord,
  type ImpUid,
  type Mode,
  parseBillingKey,
  parseKeyIssue,
  type Result,
  readIssue,
  type StoreFailure,
  verifyBillingKey,
} from '@quayside/core'
import type {
  BillingKey,
  BillingKeyChange,
  BillingKeyFailureReason,
} from '../domain/billing-key.ts'
import type { BillingKeys } from '../ports/billing-keys.ts'
import { toExpectedKey } from './expected-key.ts'
import { planKey } from './plan-key.ts'

/** What became of a registration, and the registration as it is stored then. */
export type SettledKey =
  | { readonly kind: 'registered' | 'failed' | 'pending' | 'deleted'; readonly key: BillingKey }
  /** The record is not that of the registration. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly cause?: unknown }

/** What settling a registration needs. */
export interface SettleDeps {
  readonly billingKeys: BillingKeys
  readonly mode: Mode
  readonly now: () => Date
  /** Reads the provider's record of the key; null when it has none. */
  readonly readKey: () => Promise<Result<unknown, LookupFailure>>
}

// A change fails only when another writer succeeded, and a registration has few concurrent writers.
const maxTries = 8

/** Applies the payment record of an issue window to its registration. It may run any number of times. */
export async function settleIssue(
  found: BillingKey,
  impUid: ImpUid,
  record: unknown,
  deps: SettleDeps,
): Promise<SettledKey> {
  const issue = parseKeyIssue(record)
  if (!issue.ok) return { kind: 'unavailable', reason: issue.failure.reason }
  if (issue.value.payment.impUid !== impUid) {
    return { kind: 'unavailable', reason: 'record_mismatch' }
  }
  const result = readIssue(issue.value, await toExpectedKey(found), deps.mode)
  if (!result.ok) {
    const { reason } = result.failure
    // Whoever offers a record of something else must not change the registration by it.
    if (reason === 'registration_mismatch' || reason === 'customer_uid_mismatch') {
      return { kind: 'refused', reason }
    }
    const failed = await settleFailed(found, { failure: reason, failReason: null }, deps)
    return failed.kind === 'failed' ? { kind: 'refused', reason } : failed
  }
  switch (result.value.kind) {
    case 'pending':
      return current(found)
    case 'failed': {
      const { failReason, isCancelledByBuyer } = result.value
      const failure = isCancelledByBuyer ? 'cancelled_by_buyer' : 'refused'
      return settleFailed(found, { failure, failReason }, deps)
    }
    case 'issued':
      return settleKey(found, { impUid }, deps)
  }
}

/** Reads the provider's record of the key, and registers it. */
export async function settleKey(
  found: BillingKey,
  by: Partial<Pick<BillingKeyChange, 'impUid' | 'expiresAt'>>,
  deps: SettleDeps,
): Promise<SettledKey> {
  if (hasKey(found)) return current(found)
  const read = await deps.readKey()
  if (!read.ok) return { kind: 'unavailable', ...read.failure }
  if (read.value === null) return { kind: 'unavailable', reason: 'key_missing' }
  return settleRecord(found, read.value, by, deps)
}

/** Registers a key by its record. */
export async function settleRecord(
  found: BillingKey,
  record: unknown,
  by: Partial<Pick<BillingKeyChange, 'impUid' | 'expiresAt'>>,
  deps: SettleDeps,
): Promise<SettledKey> {
  const parsed = parseBillingKey(record)
  if (!parsed.ok) return { kind: 'unavailable', reason: parsed.failure.reason }
  const verified = verifyBillingKey(parsed.value, await toExpectedKey(found), deps.mode)
  if (!verified.ok) {
    const { reason } = verified.failure
    if (reason === 'registration_mismatch') return { kind: 'refused', reason }
    const failed = await settleFailed(found, { failure: reason, failReason: null }, deps)
    return failed.kind === 'failed' ? { kind: 'refused', reason } : failed
  }
  return register(found, verified.value, by, deps)
}

/** Registers a key whose record has been verified. */
export async function register(
  found: BillingKey,
  record: BillingKeyRecord,
  by: Partial<Pick<BillingKeyChange, 'impUid' | 'expiresAt'>>,
  deps: Pick<SettleDeps, 'billingKeys' | 'now'>,
): Promise<SettledKey> {
  return changeUntilWritten(found, deps, (key) => {
    if (hasKey(key)) return null
    const at = deps.now()
    const change = {
      ...by,
      state: 'registered',
      means: toMeans(record),
      failure: null,
      failReason: null,
      registeredAt: at,
      // The key that it replaces is still to be deleted.
      dueAt: key.replaces === null ? null : at,
    } as const
    return { change, event: 'billing_key.registered' }
  })
}

/** Records that a registration has no key. It may get one later. */
export async function settleFailed(
  found: BillingKey,
  failed: Pick<BillingKey, 'failReason'> & { readonly failure: BillingKeyFailureReason },
  deps: Pick<SettleDeps, 'billingKeys' | 'now'>,
): Promise<SettledKey> {
  return changeUntilWritten(found, deps, (key) => {
    const isSame = key.failure === failed.failure && key.failReason === failed.failReason
    if (hasKey(key) || isSame) return null
    const change = { ...failed, state: 'failed', dueAt: planKey(key, deps.now()) } as const
    return { change, event: 'billing_key.failed' }
  })
}

/** Whether a key was registered, even if it was deleted since. */
export function hasKey({ state }: BillingKey): boolean {
  return state === 'registered' || state === 'deleting' || state === 'deleted'
}

/** What is stored about a registration. */
export function current(key: BillingKey): SettledKey {
  switch (key.state) {
    case 'pending':
    case 'registered':
    case 'failed':
      return { kind: key.state, key }
    case 'deleting':
    case 'deleted':
      return { kind: 'deleted', key }
  }
}

interface Decided {
  readonly change: Partial<BillingKeyChange>
  readonly event: Parameters<BillingKeys['change']>[2]
}

/** Decides and writes, and decides again on the key that it reads back when a concurrent writer was first. */
async function changeUntilWritten(
  found: BillingKey,
  { billingKeys }: Pick<SettleDeps, 'billingKeys'>,
  decide: (key: BillingKey) => Decided | null,
): Promise<SettledKey> {
  let key = found
  for (let tries = 0; tries < maxTries; tries++) {
    const decided = decide(key)
    if (decided === null) return current(key)
    const changed = await billingKeys.change(key, decided.change, decided.event)
    if (!changed.ok) return unavailable(changed.failure)
    key = changed.value.key
    if (changed.value.isWritten) return current(key)
  }
  return { kind: 'unavailable', reason: 'billing_key_contended' }
}

function unavailable(failure: StoreFailure): SettledKey {
  return { kind: 'unavailable', ...failure }
}

function toMeans({ pgProvider, pgId, cardName, cardCode, cardType }: BillingKeyRecord) {
  return { pgProvider, pgId, cardName, cardCode, cardType }
}
