import type { Parcel } from '../domain/escrow.ts'
import type { WireRecord } from './serialize-payment.ts'

/** Turns the parcel of an escrow payment into the provider's JSON. */
export function serializeParcel({ company, invoice, sentAt, appliedAt }: Parcel): WireRecord {
  return { company, invoice, sent_at: sentAt, applied_at: appliedAt }
}
