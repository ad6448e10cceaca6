import { fail, type Money, ok, parseMoney, type Result, toAmount } from '@quayside/core'
import type { Cancel } from '../domain/cancel.ts'
import type { RefundRequest } from '../domain/requests.ts'
import type { TaxShares } from '../domain/tax-shares.ts'

/** A refund of a payment whose order names its tax shares. */
export interface SharedRefund {
  /** The shares of the whole order. */
  readonly ofOrder: TaxShares
  /** Whether the payment charged exactly the order: otherwise the shares of the order are not those of the payment. */
  readonly isExact: boolean
  /** What was refunded of the payment before, by its record. */
  readonly cancelled: Money
  /** The cancels of this payment that took place, as far as they are known here. */
  readonly before: readonly Cancel[]
  /** What remains of the payment before this refund. */
  readonly remaining: Money
  readonly amount: Money
}

type PartName = 'tax_free' | 'vat_amount'

/**
 * Returns the shares of a refund: those that were requested, and otherwise for the last refund what remains of each. Fails
 * with the parameter that has to be given, or does not fit: a share that was refunded elsewhere is not known here.
 */
export function toCancelShares(
  refund: SharedRefund,
  requested: Pick<RefundRequest, PartName>,
): Result<TaxShares, { readonly reason: 'request_invalid'; readonly field: PartName }> {
  const { currency } = refund.amount
  const left = refund.remaining.minor - refund.amount.minor
  const taxFree = toShare(refund, 'taxFree', requested.tax_free)
  if (taxFree === 'unknown' || !fits(taxFree, left)) return refuse('tax_free')
  const vat = toShare(refund, 'vat', requested.vat_amount)
  if (vat === 'unknown' || !fits(vat, left - (taxFree?.left ?? 0))) return refuse('vat_amount')
  const toMoney = (share: Share | null) => share && { minor: share.minor, currency }
  return ok({ taxFree: toMoney(taxFree), vat: toMoney(vat) })
}

/** Returns shares in the provider's names. */
export function toCancelParts({
  taxFree,
  vat,
}: TaxShares): Readonly<Partial<Record<PartName, number>>> {
  return {
    ...(taxFree === null ? {} : { tax_free: toAmount(taxFree) }),
    ...(vat === null ? {} : { vat_amount: toAmount(vat) }),
  }
}

/** A share of this refund, and what it leaves of the whole; null where that is not known. */
interface Share {
  readonly minor: number
  readonly left: number | null
}

/** Whether what a refund leaves of a share is a part of what it leaves of the payment. */
function fits(share: Share | null, left: number): boolean {
  const shareLeft = share?.left ?? 0
  return shareLeft >= 0 && shareLeft <= left
}

/** Null where neither the order nor the request names the share. */
function toShare(
  { ofOrder, isExact, cancelled, before, remaining, amount }: SharedRefund,
  name: keyof TaxShares,
  requested: number | undefined,
): Share | 'unknown' | null {
  const whole = ofOrder[name]
  const given = requested === undefined ? null : parseMoney(requested, amount.currency)
  if (given !== null && !given.ok) return 'unknown'
  if (whole === null) return given && { minor: given.value.minor, left: null }
  const refunded = sumOf(before, name)
  const isKnown = isExact && refunded?.amount === cancelled.minor
  const open = isKnown ? whole.minor - refunded.share : null
  if (given !== null) {
    return { minor: given.value.minor, left: open === null ? null : open - given.value.minor }
  }
  if (whole.minor === 0) return { minor: 0, left: 0 }
  return open !== null && amount.minor === remaining.minor ? { minor: open, left: 0 } : 'unknown'
}

/** Returns what cancels have refunded, and the share in it; null when a share is not known. */
function sumOf(
  cancels: readonly Cancel[],
  name: keyof TaxShares,
): { readonly amount: number; readonly share: number } | null {
  const shares = cancels.map(({ shares: each }) => each[name])
  if (shares.includes(null)) return null
  return {
    amount: cancels.reduce((sum, { amount }) => sum + amount.minor, 0),
    share: shares.reduce((sum, share) => sum + (share?.minor ?? 0), 0),
  }
}

function refuse(field: PartName) {
  return fail({ reason: 'request_invalid', field } as const)
}
