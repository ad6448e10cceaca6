import { type Receipt } from '../domain/receipt.ts'
import { receiptUrlOf } from '../domain/receipt-url.ts'
import type { WireRecord } from './serialize-payment.ts'

/** Turns a cash receipt into the provider's JSON, without its id. */
export function serializeReceipt(receipt: Receipt): WireRecord {
  return {
    receipt_tid: receipt.tid,
    apply_num: receipt.applyNum,
    type: receipt.type,
    amount: receipt.amount,
    vat: receipt.vat,
    receipt_url: receiptUrlOf(receipt.tid),
    applied_at: receipt.appliedAt,
    cancelled_at: receipt.cancelledAt ?? 0,
  }
}
