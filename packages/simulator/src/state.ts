import type { BillingKey } from './domain/billing/billing-key.ts'
import type { Schedule } from './domain/billing/schedule.ts'
import type { Certification } from './domain/certification.ts'
import type { Escrow } from './domain/escrow.ts'
import type { Product, ProductOrder } from './domain/naver/naver-order.ts'
import type { Barcode } from './domain/payment/barcode.ts'
import type { Payment } from './domain/payment/payment.ts'
import type { Approval } from './domain/payment/payment-lifecycle.ts'
import type { PaymentLink } from './domain/payment/payment-link.ts'
import type { QuickMember, QuickPrepared } from './domain/payment/quickpay.ts'
import type { Receipt } from './domain/receipt.ts'
import type { Delivery, Prepared, Review, Token } from './domain/records.ts'

/** The state of one merchant account at the simulated provider. */
export interface SimulatorState {
  readonly payments: Map<string, Payment>
  /** The ids of the payments of each order, oldest first, by `merchant_uid`. */
  readonly attempts: Map<string, readonly string[]>
  readonly prepared: Map<string, Prepared>
  /** Convenience-store barcodes, by `imp_uid`. */
  readonly barcodes: Map<string, Barcode>
  /** Benepia points that differ from the initial balance, by login. */
  readonly benepiaPoints: Map<string, number>
  /** Order statuses sent to PAYCO, by `imp_uid`. */
  readonly paycoStatuses: Map<string, string>
  /** KCP QuickPay members, by their id. */
  readonly quickMembers: Map<string, QuickMember>
  /** KCP prepaid-money registrations, by `merchant_uid`. */
  readonly quickPrepared: Map<string, QuickPrepared>
  /** Scheduled charges, by `merchant_uid`. */
  readonly schedules: Map<string, Schedule>
  /** Billing keys, by `customer_uid`. */
  readonly billingKeys: Map<string, BillingKey>
  /** Cash receipts of payments, by `imp_uid`. */
  readonly receipts: Map<string, Receipt>
  /** Cash receipts of sales outside the provider, by `merchant_uid`. */
  readonly externalReceipts: Map<string, Receipt>
  /** Identity verifications, by `imp_uid`. */
  readonly certifications: Map<string, Certification>
  /** The products a Naver Pay window was opened with, by `imp_uid`. */
  readonly products: Map<string, readonly Product[]>
  /** Naver Pay product orders, by their own id. */
  readonly productOrders: Map<string, ProductOrder>
  readonly reviews: Map<string, Review>
  /** Naver Pay points credited and escrow orders confirmed: operations that run once. */
  readonly naverDone: Map<string, true>
  /** Approvals at Naver that the provider has not polled yet, by `imp_uid`. */
  readonly naverApprovals: Map<string, Approval>
  /** Payment links, by the last part of their address. */
  readonly links: Map<string, PaymentLink>
  /** Registered deliveries, by `imp_uid`. */
  readonly escrows: Map<string, Escrow>
  readonly deliveries: Delivery[]
  readonly requestLog: Map<string, number>
  token: Token | null
}

/** An empty state. */
export function createState(): SimulatorState {
  return {
    payments: new Map(),
    attempts: new Map(),
    prepared: new Map(),
    billingKeys: new Map(),
    schedules: new Map(),
    barcodes: new Map(),
    benepiaPoints: new Map(),
    paycoStatuses: new Map(),
    quickMembers: new Map(),
    quickPrepared: new Map(),
    receipts: new Map(),
    externalReceipts: new Map(),
    certifications: new Map(),
    products: new Map(),
    productOrders: new Map(),
    reviews: new Map(),
    naverDone: new Map(),
    naverApprovals: new Map(),
    links: new Map(),
    escrows: new Map(),
    deliveries: [],
    requestLog: new Map(),
    token: null,
  }
}

/** Every attempt at an order, oldest first. */
export function attemptsOf(state: SimulatorState, merchantUid: string): Payment[] {
  return (state.attempts.get(merchantUid) ?? [])
    .flatMap((impUid) => state.payments.get(impUid) ?? [])
    .filter((payment) => payment.merchantUid === merchantUid)
}

/** Stores a payment and returns it. */
export function savePayment(state: SimulatorState, payment: Payment): Payment {
  const { impUid, merchantUid } = payment
  const attempts = state.attempts.get(merchantUid) ?? []
  if (!attempts.includes(impUid)) state.attempts.set(merchantUid, [...attempts, impUid])
  state.payments.set(impUid, payment)
  return payment
}

/** Removes everything. */
export function clearState(state: SimulatorState): void {
  for (const collection of Object.values(state)) {
    if (collection instanceof Map) collection.clear()
    if (Array.isArray(collection)) collection.length = 0
  }
  state.token = null
}
