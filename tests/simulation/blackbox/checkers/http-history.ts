// The history of a black-box run: only what can be seen from outside of the deployment.

/** An operation, at the deployment or at the provider. */
export type Action =
  | 'create'
  | 'read'
  | 'buyer_read'
  | 'complete'
  | 'redirect'
  | 'webhook'
  | 'confirm'
  | 'cancel'
  | 'cancels'
  | 'refund_issue'
  | 'create_payment'
  | 'pay'
  | 'fail'
  | 'console_cancel'

/** One request and its response. Times are milliseconds of one clock. */
export interface Operation {
  readonly by: string
  readonly action: Action
  readonly merchant_uid: string
  readonly imp_uid: string | null
  /** The status that a webhook claims, the amount that a request names, or the error of a callback; else null. */
  readonly claim: string | number | null
  readonly from: number
  readonly to: number
  /** Null when the connection broke. */
  readonly code: number | null
  /** The body, or where a redirect leads. */
  readonly text: string
}

/** An order as its merchant created it. */
export interface OrderSpec {
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly unmatched: 'report' | 'refund'
}

/** A payment as it is at the provider in the end. */
export interface ProviderPayment {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly status: string
  readonly cancel_amount: number
  readonly paid_at: number
  readonly pay_method: string
}

/** One try of an event, as it reached the merchant. */
export interface EventDelivery {
  readonly id: string
  readonly text: string
  readonly at: number
  readonly status: number
}

/** Money that no order explains, as the deployment lists it. */
export interface ReconciliationIssue {
  readonly id: string
  readonly kind: string
  readonly outcome: string | null
  readonly merchant_uid: string
  readonly imp_uid: string
  readonly amount: number
  readonly currency: string
}

/** A time in which faults were injected. */
export interface FaultWindow {
  /** A crash breaks connections of clients; a database that is away, slow or refuses leaves them open. */
  readonly kind: 'provider' | 'receiver' | 'crash' | 'database'
  readonly from: number
  readonly to: number
}

/** Everything that was recorded of one history. */
export interface HttpHistory {
  readonly orderSpecs: readonly OrderSpec[]
  readonly operations: readonly Operation[]
  readonly deliveries: readonly EventDelivery[]
  readonly payments: readonly ProviderPayment[]
  readonly issues: readonly ReconciliationIssue[]
  /** Events that no sweep has touched although two minutes passed. */
  readonly untried: readonly string[]
  readonly faultWindows: readonly FaultWindow[]
  readonly secrets: readonly string[]
}
