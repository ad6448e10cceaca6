import type { LookupNotice, MerchantUid } from '@quayside/core'
import type { PaymentVersion } from '../checkers/history.ts'
import type { Prng } from '../engine/prng.ts'
import {
  accountLifetimeSeconds,
  graceMs,
  toWireStatus,
  unknownImpUid,
  unknownMerchantUid,
  type Workload,
  type WorkloadPayment,
} from './payments.ts'

/** A notice that names a payment and its order. */
export type NamedNotice = LookupNotice & { readonly merchantUid: MerchantUid }

/** A notice that is being delivered; `sent` counts its sendings, and is Infinity for a forged one, which is never resent. */
export type InboundNotice = NamedNotice & { readonly sent: number }

/** How often the provider sends a webhook again, where the merchant asked for that. */
export const maxResends = 5

/** How far the clock may jump, in milliseconds: past a lease, a grace period, the lookup guard's pause, a due date. */
export const clockJumps: readonly number[] = [
  31_000,
  accountLifetimeSeconds * 1000 + graceMs + 1,
  600_000,
  accountLifetimeSeconds * 1000 + 1,
]

/** How often one notice may arrive; the choices are drawn from in this order. */
const copyCounts = [1, 1, 0, 1, 2, 0] as const

/** The notices that a new state of a payment causes, with one that an attacker forges now and then. */
export function createNotices(
  payment: WorkloadPayment,
  version: PaymentVersion,
  workload: Workload,
  prng: Prng,
  losesNotices: boolean,
): readonly InboundNotice[] {
  const isFirst = payment.versionsReached === 1
  const status = toWireStatus(version.status)
  const notices: InboundNotice[] = []
  const add = (channel: InboundNotice['channel'], claimedStatus: string | null): void => {
    const count = copyCounts[prng.below(copyCounts.length)] ?? 1
    const notice = createNotice(payment.impUid, payment.merchantUid, channel, claimedStatus)
    if (!losesNotices) for (let copy = 0; copy < count; copy++) notices.push(notice)
  }
  if (isFirst) {
    add('callback', null)
    add('redirect', null)
  }
  // The provider sends no webhook for a failure.
  if (version.status !== 'failed' && version.status !== 'pending') add('webhook', status)
  if (prng.below(4) === 3)
    notices.push({ ...forgeNotice(payment, workload, prng), sent: Number.POSITIVE_INFINITY })
  return notices
}

/** A notice of an attacker: an unknown payment, an unknown order, a false cancel, or another order. */
function forgeNotice(payment: WorkloadPayment, workload: Workload, prng: Prng): InboundNotice {
  const other = workload.orders.find(
    (each) => each.merchantUid !== payment.merchantUid,
  )?.merchantUid
  switch (prng.below(4)) {
    case 1:
      return createNotice(unknownImpUid, payment.merchantUid, 'webhook', 'paid')
    case 2:
      return createNotice(payment.impUid, unknownMerchantUid, 'webhook', 'paid')
    case 3:
      return createNotice(payment.impUid, payment.merchantUid, 'webhook', 'cancelled')
    default:
      return createNotice(payment.impUid, other ?? unknownMerchantUid, 'callback', 'paid')
  }
}

/** A notice as it is parsed from a channel's request. */
export function createNotice(
  impUid: InboundNotice['impUid'],
  merchantUid: MerchantUid,
  channel: InboundNotice['channel'],
  claimedStatus: string | null,
): InboundNotice {
  return {
    kind: 'payment',
    channel,
    impUid,
    merchantUid,
    claim: claimedStatus === 'paid' ? 'success' : 'unknown',
    claimedStatus,
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
    sent: 1,
  }
}
