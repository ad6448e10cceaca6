import { type Receipt } from '../domain/receipt.ts'
import { slipUrlOf } from '../domain/slip.ts'
import type { WireRecord } from './serialize-payment.ts'

/** Turns a cash receipt into the provider's JSON, without its id; `origin` is where browsers reach its slip. */
export function serializeReceipt(receipt: Receipt, origin: string): WireRecord {
  return {
    receipt_tid: receipt.tid,
    apply_num: receipt.applyNum,
    type: receipt.type,
    amount: receipt.amount,
    vat: receipt.vat,
    receipt_url: slipUrlOf(origin, receipt.tid),
    applied_at: receipt.appliedAt,
    cancelled_at: receipt.cancelledAt ?? 0,
  }
}
