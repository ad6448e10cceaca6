import { type Order, toAmount } from '@quayside/core'
import type { Cancel } from '../domain/cancel.ts'
import { toProviderId } from '../domain/payee.ts'
import type { PaymentLink } from '../domain/payment-link.ts'
import type { Revocation } from '../domain/revocation.ts'
import type { TaxShares } from '../domain/tax-shares.ts'
import type {
  CancelResponse,
  OrderResponse,
  RevocationResponse,
} from './schemas/responses/orders.ts'
import type { PaymentLinkResponse } from './schemas/responses/payment-links.ts'

/** Presents a cancel as the merchant API shows it. */
export function presentCancel(cancel: Cancel): CancelResponse {
  return {
    imp_uid: toProviderId(cancel.impUid),
    checksum: toAmount(cancel.balance),
    amount: toAmount(cancel.amount),
    currency: cancel.amount.currency,
    asked_by: cancel.askedBy,
    ...presentShares(cancel.shares),
    state: cancel.state,
    detail: cancel.detail,
    requested_at: cancel.requestedAt.toISOString(),
    settled_at: cancel.settledAt?.toISOString() ?? null,
  }
}

/** Presents tax shares in the provider's names. */
export function presentShares({ taxFree, vat }: TaxShares): {
  readonly tax_free: number | null
  readonly vat_amount: number | null
} {
  return {
    tax_free: taxFree === null ? null : toAmount(taxFree),
    vat_amount: vat === null ? null : toAmount(vat),
  }
}

/** Presents by which channel an order has to be paid. */
export function presentChannel({ channel }: Order): OrderResponse['expected_channel'] {
  if (channel === undefined) return null
  return { pg_provider: channel.pgProvider, pay_methods: [...channel.payMethods] }
}

/** Presents a revocation as the merchant API shows it. */
export function presentRevocation(revocation: Revocation): RevocationResponse {
  return {
    imp_uid: toProviderId(revocation.impUid),
    state: revocation.state,
    detail: revocation.detail,
    requested_at: revocation.requestedAt.toISOString(),
    settled_at: revocation.settledAt?.toISOString() ?? null,
  }
}

/** Presents a payment link as the merchant API shows it. */
export function presentPaymentLink(link: PaymentLink): PaymentLinkResponse {
  return {
    id: link.id,
    merchant_uid: link.merchantUid,
    url: link.url,
    state: link.outcome ?? 'open',
    expires_at: link.expiresAt.toISOString(),
    created_at: link.createdAt.toISOString(),
    closed_at: link.closedAt?.toISOString() ?? null,
  }
}
