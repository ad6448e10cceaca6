import type { payments } from '@quayside/client'
import { type Money, parseMoney } from '@quayside/core'
import type { RefundRequest } from '../domain/requests.ts'

/** The optional parameters of a cancel, in the provider's names. */
export type CancelDetails = Omit<payments.CancelTerms, 'checksum'>

export function toCancelDetails(request: RefundRequest): CancelDetails {
  const { reason, refund: account, tax_free, vat_amount } = request
  const { retain_promotion, enable_webhook, extra } = request
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(tax_free === undefined ? {} : { tax_free }),
    ...(vat_amount === undefined ? {} : { vat_amount }),
    ...(account === undefined
      ? {}
      : {
          refund_holder: account.holder,
          refund_bank: account.bank,
          refund_account: account.account,
        }),
    ...(account?.tel === undefined ? {} : { refund_tel: account.tel }),
    ...(retain_promotion === undefined ? {} : { retain_promotion }),
    ...(enable_webhook === undefined ? {} : { enable_webhook }),
    ...(extra === undefined ? {} : { extra }),
  }
}

/**
 * Compares the tax parts of a cancel with its amount: together they are at most the amount.
 *
 * @returns The name of the part that is wrong; null when none is.
 */
export function findWrongPart(
  { tax_free, vat_amount }: CancelDetails,
  { minor, currency }: Money,
): 'tax_free' | 'vat_amount' | null {
  const taxFree = parseMoney(tax_free ?? 0, currency)
  if (!taxFree.ok || taxFree.value.minor > minor) return 'tax_free'
  const vat = parseMoney(vat_amount ?? 0, currency)
  return !vat.ok || taxFree.value.minor + vat.value.minor > minor ? 'vat_amount' : null
}
