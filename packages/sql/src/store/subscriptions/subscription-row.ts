import type {
  AttemptState,
  Currency,
  ImpUid,
  MerchantUid,
  OrderStatus,
  Payee,
  Subscription,
  SubscriptionId,
  SubscriptionStatus,
} from '@quayside/core'
import type { StoredAttempt, StoredSubscription } from '@quayside/server'
import type { Scalar } from '../../driver.ts'
import { toDate } from '../instants.ts'

/** One row of `subscriptions`. Only checked values are written, so the columns have these types. */
export interface SubscriptionRow {
  readonly id: SubscriptionId
  readonly customer_id: string
  readonly name: string
  readonly request: string
  readonly status: SubscriptionStatus
  readonly plan: string
  readonly state: string
  readonly sequence: number
  readonly revision: number
  readonly due_at: number | null
  readonly created_at: number
  readonly updated_at: number
  readonly payee: Payee | null
  readonly buyer: string | null
}

/** One row of `subscription_attempts` with its order. */
export interface AttemptRow {
  readonly merchant_uid: MerchantUid
  readonly subscription_id: SubscriptionId
  readonly period: number
  readonly attempt: number
  readonly state: AttemptState
  readonly details: string
  readonly amount: number
  readonly currency: Currency
  readonly order_status: OrderStatus
  readonly imp_uid: ImpUid | null
  readonly fail_reason: string | null
  readonly paid_at: number | null
}

/** What the column `plan` has. */
type PlanColumn = Pick<Subscription, 'plan' | 'nextPlan'>

/** What the column `state` has: nothing asks the database for it. */
type StateColumn = Omit<Subscription, keyof PlanColumn | 'id' | 'status' | 'sequence'>

/** What the column `details` of an attempt has. */
type DetailsColumn = Pick<
  StoredAttempt,
  | 'billingKey'
  | 'decline'
  | 'createdAt'
  | 'sentAt'
  | 'sends'
  | 'refusal'
  | 'refusedAt'
  | 'isSeen'
  | 'absentAt'
  | 'checks'
  | 'checkAt'
>

export function toStoredSubscription(
  row: SubscriptionRow,
  attempts: readonly StoredAttempt[],
): StoredSubscription {
  const { plan, nextPlan }: PlanColumn = JSON.parse(row.plan)
  const state: StateColumn = JSON.parse(row.state)
  return {
    subscription: {
      ...state,
      id: row.id,
      status: row.status,
      plan,
      nextPlan,
      sequence: row.sequence,
    },
    customerId: row.customer_id,
    name: row.name,
    request: row.request,
    attempts,
    revision: row.revision,
    dueAt: toDate(row.due_at),
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    ...(row.payee === null ? {} : { payee: row.payee }),
    ...(row.buyer === null ? {} : { buyer: JSON.parse(row.buyer) }),
  }
}

/** Returns what a write writes, in the order of the statement's parameters from `status` to `sequence`. */
export function toSubscriptionColumns(subscription: Subscription): readonly Scalar[] {
  const { status, plan, nextPlan, sequence } = subscription
  const planColumn: PlanColumn = { plan, nextPlan }
  const stateColumn: StateColumn = {
    planSince: subscription.planSince,
    calendar: subscription.calendar,
    period: subscription.period,
    paidFrom: subscription.paidFrom,
    paidThrough: subscription.paidThrough,
    price: subscription.price,
    balance: subscription.balance,
    cancelAt: subscription.cancelAt,
    pastDueAt: subscription.pastDueAt,
    reason: subscription.reason,
    retryAt: subscription.retryAt,
    dueAt: subscription.dueAt,
  }
  return [status, JSON.stringify(planColumn), JSON.stringify(stateColumn), sequence]
}

export function toStoredAttempt(row: AttemptRow): StoredAttempt {
  const details: DetailsColumn = JSON.parse(row.details)
  return {
    ...details,
    merchantUid: row.merchant_uid,
    period: row.period,
    number: row.attempt,
    state: row.state,
    amount: { minor: row.amount, currency: row.currency },
    orderStatus: toOrderStatus(row),
    failReason: row.fail_reason,
    impUid: row.imp_uid,
    paidAt: toDate(row.paid_at),
  }
}

/** An order that was closed unpaid has no payment any more. One that was refunded has: only that one has settled its period. */
function toOrderStatus({ order_status, imp_uid }: AttemptRow): OrderStatus {
  return order_status === 'cancelled' && imp_uid === null ? 'expired' : order_status
}

/** Returns the column `details` of an attempt. */
export function toDetails({
  billingKey,
  decline,
  createdAt,
  sentAt,
  sends,
  refusal,
  refusedAt,
  isSeen,
  absentAt,
  checks,
  checkAt,
}: DetailsColumn): string {
  const details: DetailsColumn = {
    billingKey,
    decline,
    createdAt,
    sentAt,
    sends,
    refusal,
    refusedAt,
    isSeen,
    absentAt,
    checks,
    checkAt,
  }
  return JSON.stringify(details)
}
