// Billing keys: what the provider stores so that a merchant's server can charge a buyer again.
import type { Channel } from '../channel/channel.ts'
import type { Buyer, Card } from '../payment/payment.ts'
import type { CardBehaviour } from './test-values.ts'

/** A key issued by one channel. */
export interface IssuedKey {
  readonly channel: Channel
  readonly payMethod: string
  readonly card: Card | null
  readonly behaviour: CardBehaviour
  /** The first UNIX second at which its card has expired; null when unknown. No record shows it. */
  readonly validUntil: number | null
}

/** A channel of a group that issued no key. */
export interface FailedIssue {
  readonly channel: Channel
  readonly type: 'INVALID_REQUEST' | 'PG_PROVIDER' | 'DB_FAILED'
  readonly message: string
}

/** The result of issuing a key at one channel or at all of a group. */
export interface Issue {
  readonly customerUid: string
  readonly customerId: string | null
  readonly holder: Buyer
  readonly issued: readonly [IssuedKey, ...IssuedKey[]]
  /** Null for a key of a single channel. */
  readonly group: { readonly id: string; readonly failed: readonly FailedIssue[] } | null
}

/** A stored key; times are UNIX seconds. */
export interface BillingKey extends Issue {
  readonly insertedAt: number
  readonly updatedAt: number
}

/** The key of a customer_uid after an issue: a new key overwrites the old one. */
export function overwrite(existing: BillingKey | undefined, issue: Issue, at: number): BillingKey {
  return { ...issue, insertedAt: existing?.insertedAt ?? at, updatedAt: at }
}

/** The key that is charged: one of the group's channels, by a random number from 0 up to 1. */
export function pickIssuedKey({ issued }: BillingKey, random: number): IssuedKey {
  return issued[Math.floor(random * issued.length)] ?? issued[0]
}

/** Whether its PG deletes a key only with a reason: Naver Pay reviews it, NICE demands it for wallets. */
export function needsReason({ issued }: BillingKey): boolean {
  return issued.some(
    ({ channel, payMethod }) =>
      channel.pg_provider === 'naverpay' ||
      (channel.pg_provider === 'nice_v2' && payMethod !== 'card'),
  )
}

/** A key whose card behaves otherwise from now on, which nobody is told. */
export function withBehaviour(key: BillingKey, behaviour: CardBehaviour): BillingKey {
  const [first, ...others] = key.issued
  const change = (issued: IssuedKey): IssuedKey => ({ ...issued, behaviour })
  return { ...key, issued: [change(first), ...others.map(change)] }
}
