// Billing keys: what the provider stores so that a merchant's server can charge a buyer again.
import type { Channel } from '../channel/channel.ts'
import type { Buyer, Card, Payment } from '../payment/payment.ts'
import type { CardBehaviour } from './test-values.ts'

/** A key issued by one channel. */
export interface IssuedKey {
  readonly channel: Channel
  readonly payMethod: string
  readonly card: Card | null
  readonly behaviour: CardBehaviour
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

const providersChargingNothing =
  'html5_inicis kcp_billing tosspayments kicc smartro_v2 naverpay payco tosspay_v2 paypal_v2'.split(
    ' ',
  )
const providersSendingKeyWebhooks = ['tosspay_v2', 'paypal_v2']

/** The amount charged when a key is registered in a window: some PGs only display it. */
export function amountTakenAtIssue({ channel, payMethod, amountMinor }: Payment): number {
  if (channel.pg_provider === 'welcome') return payMethod === 'phone' ? amountMinor : 0
  return providersChargingNothing.includes(channel.pg_provider) ? 0 : amountMinor
}

/** Whether a key registered in a window has a webhook: when money moved, else at two PGs only. */
export function sendsIssueWebhook({ channel, amountMinor }: Payment): boolean {
  return amountMinor > 0 || providersSendingKeyWebhooks.includes(channel.pg_provider)
}

/** The key that is charged: one of the group's channels, by a random number from 0 up to 1. */
export function pickIssuedKey({ issued }: BillingKey, random: number): IssuedKey {
  return issued[Math.floor(random * issued.length)] ?? issued[0]
}
