// A billing key: what the provider keeps so that a merchant's server can charge a buyer again.

import type { Channel } from '../channel/channel.ts'
import type { Buyer, Card, Payment } from '../payment/payment.ts'
import type { CardBehaviour } from './test-values.ts'

/** A key as one channel issued it. */
export interface IssuedKey {
  readonly channel: Channel
  readonly payMethod: string
  readonly card: Card | null
  readonly behaviour: CardBehaviour
}

/** A channel of a group that issued nothing. */
export interface FailedIssue {
  readonly channel: Channel
  readonly type: 'INVALID_REQUEST' | 'PG_PROVIDER' | 'DB_FAILED'
  readonly message: string
}

/** What issuing has brought, at one channel or at all of a group. */
export interface Issue {
  readonly customerUid: string
  readonly customerId: string | null
  readonly holder: Buyer
  readonly issued: readonly [IssuedKey, ...IssuedKey[]]
  /** Null for a normal key. */
  readonly group: { readonly id: string; readonly failed: readonly FailedIssue[] } | null
}

/** A key as the simulated world stores it; times are UNIX seconds. */
export interface BillingKey extends Issue {
  readonly insertedAt: number
  readonly updatedAt: number
}

/** The key under a customer_uid after an issue: a new one overwrites what was there. */
export function overwrite(existing: BillingKey | undefined, issue: Issue, at: number): BillingKey {
  return { ...issue, insertedAt: existing?.insertedAt ?? at, updatedAt: at }
}

const providersTakingNothing =
  'html5_inicis kcp_billing tosspayments kicc smartro_v2 naverpay payco tosspay_v2 paypal_v2'.split(
    ' ',
  )
const providersAnnouncingKeys = ['tosspay_v2', 'paypal_v2']

/** The money that registering a key in a window takes: at some PGs the amount is only shown. */
export function amountTakenAtIssue({ channel, payMethod, amountMinor }: Payment): number {
  if (channel.pg_provider === 'welcome') return payMethod === 'phone' ? amountMinor : 0
  return providersTakingNothing.includes(channel.pg_provider) ? 0 : amountMinor
}

/** Whether the shop hears of a key registered in a window: when money moved, else from two PGs only. */
export function sendsIssueWebhook({ channel, amountMinor }: Payment): boolean {
  return amountMinor > 0 || providersAnnouncingKeys.includes(channel.pg_provider)
}

/** The key a charge goes to: a group's channels take turns by `lot`, a number from 0 up to 1. */
export function pickIssuedKey({ issued }: BillingKey, random: number): IssuedKey {
  return issued[Math.floor(random * issued.length)] ?? issued[0]
}
