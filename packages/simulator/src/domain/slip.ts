import type { Payment } from './payment/payment.ts'

/** The address of a slip, by the PG's number of the transaction; whoever has the number sees the slip. */
export function slipUrlOf(origin: string, tid: string): string {
  return `${origin}/slips?tid=${encodeURIComponent(tid)}`
}

/** Whether money was taken: a deposit that was made has a slip, a registered key has none. */
export function hasSlip({ paidAt, amountMinor }: Payment): boolean {
  return paidAt !== null && amountMinor > 0
}
