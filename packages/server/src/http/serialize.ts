import { toAmount } from '@quayside/core'
import type { Cancel } from '../domain/cancel.ts'
import type { Revocation } from '../domain/revocation.ts'
import type { CancelResponse, RevocationResponse } from './schemas/responses.ts'

/** Presents a cancel as the merchant API shows it. */
export function presentCancel(cancel: Cancel): CancelResponse {
  return {
    imp_uid: cancel.impUid,
    checksum: toAmount(cancel.balance),
    amount: toAmount(cancel.amount),
    currency: cancel.amount.currency,
    asked_by: cancel.askedBy,
    state: cancel.state,
    detail: cancel.detail,
    requested_at: cancel.requestedAt.toISOString(),
    settled_at: cancel.settledAt?.toISOString() ?? null,
  }
}

/** Presents a revocation as the merchant API shows it. */
export function presentRevocation(revocation: Revocation): RevocationResponse {
  return {
    imp_uid: revocation.impUid,
    state: revocation.state,
    detail: revocation.detail,
    requested_at: revocation.requestedAt.toISOString(),
    settled_at: revocation.settledAt?.toISOString() ?? null,
  }
}
