import type { SimulatorContext } from '../../context.ts'
import type { Payment, Refund } from '../../domain/payment/payment.ts'
import { type Receipt, receiptOfPayment } from '../../domain/receipt.ts'
import { hasSlip } from '../../domain/slip.ts'
import type { SimulatorState } from '../../state.ts'

/** What the PG has a slip of: money that was taken, money that was given back, or a cash receipt. */
export type Slip =
  | { readonly kind: 'payment'; readonly payment: Payment }
  | { readonly kind: 'refund'; readonly payment: Payment; readonly refund: Refund }
  | {
      readonly kind: 'cash_receipt'
      readonly receipt: Receipt
      readonly merchantUid: string
      /** Null for a sale outside the provider. */
      readonly payment: Payment | null
    }

/** A slip, and whose it is: the merchant code of the agency, or the name of a sub-merchant. */
export interface FoundSlip {
  readonly slip: Slip
  readonly merchant: string
}

/** The slip with this number, of the agency or of a sub-merchant; null when there is none. */
export function findSlip(context: SimulatorContext, tid: string): FoundSlip | null {
  const accounts = [
    { merchant: context.credentials.userCode, state: context.state },
    ...[...context.tiers.values()].map((tier) => ({
      merchant: tier.name,
      state: tier.context.state,
    })),
  ]
  for (const { merchant, state } of accounts) {
    const slip = slipOfPayment(state, tid) ?? slipOfReceipt(state, tid)
    if (slip !== null) return { slip, merchant }
  }
  return null
}

function slipOfPayment({ payments }: SimulatorState, tid: string): Slip | null {
  for (const payment of payments.values()) {
    if (payment.pgTid === tid && hasSlip(payment)) return { kind: 'payment', payment }
    const refund = payment.refunds.find(({ pgTid }) => pgTid === tid)
    if (refund !== undefined) return { kind: 'refund', payment, refund }
  }
  return null
}

function slipOfReceipt(state: SimulatorState, tid: string): Slip | null {
  for (const [impUid, issued] of state.receipts) {
    const payment = state.payments.get(impUid)
    if (issued.tid !== tid || payment === undefined) continue
    const receipt = receiptOfPayment(issued, payment)
    return { kind: 'cash_receipt', receipt, merchantUid: payment.merchantUid, payment }
  }
  for (const [merchantUid, receipt] of state.externalReceipts) {
    if (receipt.tid === tid) return { kind: 'cash_receipt', receipt, merchantUid, payment: null }
  }
  return null
}
