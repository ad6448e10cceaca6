import { customers } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { BillingKey, BillingKeyFailure } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { findUnknownPayee } from '../payees.ts'
import { fromClientFailure } from '../payments/order-failure.ts'
import { toCardEnd } from './card-expiry.ts'
import { toPgCustomerId } from './pg-customer-id.ts'
import { readProviderKey } from './read-provider-key.ts'
import {
  hasKey,
  type SettleDeps,
  type SettledKey,
  settleFailed,
  settleKey,
  settleRecord,
} from './settle-key.ts'

/** The data of a card as the shop's own form took it. It passes through memory only. */
export interface CardData {
  readonly card_number: string
  /** `YYYY-MM`. */
  readonly expiry: string
  readonly birth?: string | undefined
  readonly pwd_2digit?: string | undefined
  readonly cvc?: string | undefined
}

type CardResult = Result<BillingKey, BillingKeyFailure | OrderFailure>

/**
 * Registers a card by its data. Repeated, it returns what became of the first call: the provider's record of the key decides,
 * and is read before the card is sent.
 */
export async function registerCard(
  key: BillingKey,
  card: CardData,
  deps: Deps,
): Promise<CardResult> {
  if (key.requested.method !== 'card') return fail({ reason: 'billing_key_not_by_card' })
  if (key.state === 'registered') return ok(key)
  if (hasKey(key)) return fail({ reason: 'billing_key_not_registered' })
  const unknown = findUnknownPayee(key.payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const expiresAt = toCardEnd(card.expiry)
  if (expiresAt.getTime() <= deps.now().getTime()) return fail({ reason: 'card_expired' })

  const settleDeps = toSettleDeps(key, deps)
  // A key that is there was issued for the card of the call before.
  const known = { expiresAt: key.expiresAt ?? expiresAt }
  const earlier = await settleKey(key, known, settleDeps)
  if (!isMissing(earlier)) return toResult(earlier)
  // If no response arrives, a job reads the record of the key, and knows when its card ends.
  const noted = await deps.store.billingKeys.change(key, { expiresAt }, null)
  if (!noted.ok) return noted
  if (!noted.value.isWritten) return fail({ reason: 'billing_key_contended' })
  return send(noted.value.key, card, settleDeps, deps)
}

async function send(
  key: BillingKey,
  card: CardData,
  settleDeps: SettleDeps,
  deps: Deps,
): Promise<CardResult> {
  const { channelKey, pg } = key.requested
  const issued = await deps.client.call(customers.post, {
    customer_uid: key.customerUid,
    channel_key: channelKey ?? '',
    ...(pg === null ? {} : { pg }),
    customer_id: await toPgCustomerId(key.customerId),
    card_number: card.card_number,
    expiry: card.expiry,
    ...(card.birth === undefined ? {} : { birth: card.birth }),
    ...(card.pwd_2digit === undefined ? {} : { pwd_2digit: card.pwd_2digit }),
    ...(card.cvc === undefined ? {} : { cvc: card.cvc }),
  })
  if (issued.ok) return toResult(await settleRecord(key, issued.value, {}, settleDeps))
  const { failure } = issued
  if (failure.reason === 'invalid_argument') {
    return fail({ reason: 'request_invalid', field: failure.parameter })
  }
  if (failure.reason !== 'refused') {
    const resolved = await settleKey(key, {}, settleDeps)
    return resolved.kind === 'unavailable' ? fail(fromClientFailure(failure)) : toResult(resolved)
  }
  const refused = { failure: 'refused', failReason: failure.message } as const
  const settled = await settleFailed(key, refused, settleDeps)
  return settled.kind === 'failed'
    ? fail({ reason: 'card_refused', detail: failure.message })
    : toResult(settled)
}

/** What settling a registration needs outside of the completion routes. */
export function toSettleDeps(
  { customerUid }: BillingKey,
  { store, config, now, client }: Pick<Deps, 'client' | 'config' | 'now' | 'store'>,
): SettleDeps {
  const readKey = () => readProviderKey(customerUid, client)
  return { billingKeys: store.billingKeys, mode: config.mode, now, readKey }
}

function isMissing(settled: SettledKey): boolean {
  return settled.kind === 'unavailable' && settled.reason === 'key_missing'
}

/** Returns what a settled registration answers to a request. */
export function toResult(settled: SettledKey): CardResult {
  switch (settled.kind) {
    case 'registered':
      return ok(settled.key)
    case 'failed':
      return fail({ reason: 'card_refused', detail: settled.key.failReason })
    case 'deleted':
      return fail({ reason: 'billing_key_not_registered' })
    case 'pending':
      return fail({ reason: 'outcome_unknown' })
    case 'refused':
      return fail({ reason: 'card_refused', detail: settled.reason })
    case 'unavailable':
      return fail({ reason: toUnavailable(settled.reason), cause: settled.cause })
  }
}

function toUnavailable(reason: string) {
  switch (reason) {
    case 'store_unavailable':
    case 'provider_refused_us':
    case 'billing_key_contended':
      return reason
    default:
      return 'provider_unavailable'
  }
}
