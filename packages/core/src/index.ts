export {
  type BillingKeyFailure,
  type BillingKeyRecord,
  parseBillingKey,
} from './billing-key/key-record.ts'
export {
  type ExpectedKey,
  type IssueResult,
  type KeyIssue,
  parseKeyIssue,
  type RegistrationFailure,
  readIssue,
  verifyBillingKey,
} from './billing-key/registration.ts'
export { isRegistrationId } from './billing-key/registration-id.ts'
export { type BodyFailure, type BodyOptions, parseBody } from './channels/body.ts'
export { parseCallback } from './channels/callback.ts'
export { type ConfirmRequest, parseConfirm } from './channels/confirm.ts'
export {
  type EscrowChange,
  type EscrowStatus,
  escrowEvent,
  parseEscrowChange,
} from './channels/escrow-change.ts'
export type {
  CertificationNotice,
  Channel,
  Notice,
  NoticeFailure,
  OtherNotice,
  PaymentNotice,
} from './channels/notice.ts'
export { parseRedirect } from './channels/redirect.ts'
export { parseWebhook } from './channels/webhook.ts'
export { classify, explain, type Failure, type FailureClass, type Language } from './explain.ts'
export { ageInSeoul } from './identity/age.ts'
export {
  type Certification,
  type CertificationFailure,
  type CertificationFields,
  type CertifiedPerson,
  parseCertification,
} from './identity/certification.ts'
export {
  decideIdentity,
  type ExpectedIdentity,
  findDifference,
  type IdentityDecision,
  type IdentityFailure,
  type IdentityRefusal,
  type PersonDetails,
  type PersonField,
  type PersonKey,
  toComparableDetails,
  type VerifiedIdentity,
  verifyIdentity,
} from './identity/verify-identity.ts'
export type { OrderAccount } from './order/account.ts'
export { applyChange, type Change } from './order/change.ts'
export { type Decision, decide } from './order/decide.ts'
export {
  type Allowance,
  type ExpectedChannel,
  type ExpectedOrder,
  isOverdue,
  type Order,
  type OrderStatus,
  openOrder,
  type Policy,
} from './order/order.ts'
export { type Payee, payeeOf, toPaymentOf } from './order/payee.ts'
export {
  type Mode,
  type VerifiedPayment,
  type VerifyFailure,
  verifyPayment,
} from './order/verify.ts'
export { alwaysCharges, isChargingWindow, isTestCharge } from './payment/charging-windows.ts'
export {
  type Deposit,
  type Payment,
  type PaymentFailure,
  type PaymentFields,
  parsePayment,
  type VirtualAccount,
} from './payment/payment.ts'
export { changePlan } from './subscription/decide/change-plan.ts'
export {
  cancelSubscription,
  chargeNow,
  pauseSubscription,
  refundPeriod,
  resumeSubscription,
} from './subscription/decide/change-subscription.ts'
export type { SubscriptionFailure } from './subscription/decide/command.ts'
export {
  decideSubscription,
  type SubscriptionStep,
} from './subscription/decide/decide-subscription.ts'
export { openSubscription } from './subscription/decide/open-subscription.ts'
export { recordLookUp, recordRefusal } from './subscription/decide/record-outcome.ts'
export { type PlanFailure, parsePlan } from './subscription/plan/parse-plan.ts'
export {
  type Discount,
  defaultRetry,
  type Plan,
  type PlanPeriod,
  type RetryPolicy,
  type RetryStep,
} from './subscription/plan/plan.ts'
export {
  type AttemptId,
  parseAttemptId,
  parseSubscriptionId,
  type SubscriptionId,
  toAttemptId,
} from './subscription/state/attempt-id.ts'
export { classifyDecline, type DeclineKind } from './subscription/state/decline.ts'
export { periodOf, type SubscriptionPeriod } from './subscription/state/period.ts'
export type {
  AttemptState,
  ChargeAttempt,
  Subscription,
  SubscriptionCalendar,
  SubscriptionEvent,
  SubscriptionState,
  SubscriptionStatus,
  SubscriptionWrite,
} from './subscription/state/subscription.ts'
export { type UpcomingCharge, upcoming } from './subscription/state/upcoming.ts'
export { createMemoryStore, type MemoryStore } from './sync/memory.ts'
export type { Attempt, OrderStore, StoreFailure } from './sync/store.ts'
export {
  type FetchPayment,
  type LookupFailure,
  type LookupNotice,
  type SyncDeps,
  type Synced,
  type SyncFailure,
  syncPayment,
} from './sync/sync.ts'
export type { Currency } from './values/currency.ts'
export { type Fields, isNothing } from './values/fields.ts'
export {
  type IdFailure,
  type ImpUid,
  type MerchantUid,
  parseImpUid,
  parseMerchantUid,
} from './values/ids.ts'
export {
  isSameMoney,
  type Money,
  type MoneyFailure,
  parseMoney,
  toAmount,
  toText,
} from './values/money.ts'
export { fail, ok, type Result } from './values/result.ts'
export type { PaymentStatus } from './values/status.ts'
