// What a black-box history leaves behind: only what somebody outside of the deployment can see.

/** What was done, at the deployment or at the provider. */
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
  | 'give_back'
  | 'stage'
  | 'pay'
  | 'fail'
  | 'console_cancel'

/** One request and its answer. Times are milliseconds of one clock. */
export interface Operation {
  readonly by: string
  readonly action: Action
  readonly merchant_uid: string
  readonly imp_uid: string | null
  /** The status a webhook claims, the amount a request names, or what a callback says went wrong; else null. */
  readonly claim: string | number | null
  readonly from: number
  readonly to: number
  /** Null when the connection broke. */
  readonly code: number | null
  /** The body, or where a redirect leads. */
  readonly text: string
}

/** An order as its merchant wanted it. */
export interface OrderSpec {
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly unmatched: 'report' | 'refund'
}

/** A payment as the provider's books have it at the end. */
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

/** One try of an event, as it reached the shop. */
export interface EventDelivery {
  readonly id: string
  readonly text: string
  readonly at: number
  readonly status: number
}

/** Money that the deployment says no order explains. */
export interface ReconciliationIssue {
  readonly id: string
  readonly kind: string
  readonly outcome: string | null
  readonly merchant_uid: string
  readonly imp_uid: string
  readonly amount: number
  readonly currency: string
}

/** A time in which something was broken on purpose. */
export interface FaultWindow {
  readonly kind: 'provider' | 'receiver' | 'death'
  readonly from: number
  readonly to: number
}

/** Everything one history left. */
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
