export type { OrderAccount } from './account.ts'
export { alwaysCharges, isChargingWindow, isTestCharge } from './billing-key/charging-windows.ts'
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
export { type BodyFailure, type BodyOptions, parseBody } from './body.ts'
export { parseCallback } from './callback.ts'
export { applyChange, type Change } from './change.ts'
export { type ConfirmRequest, parseConfirm } from './confirm.ts'
export { type Decision, decide } from './decide.ts'
export {
  type EscrowChange,
  type EscrowStatus,
  escrowEvent,
  parseEscrowChange,
} from './escrow-change.ts'
export { classify, explain, type Failure, type FailureClass, type Language } from './explain.ts'
export { type Fields, isNothing } from './fields.ts'
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
export {
  type IdFailure,
  type ImpUid,
  type MerchantUid,
  parseImpUid,
  parseMerchantUid,
} from './ids.ts'
export { createMemoryStore, type MemoryStore } from './memory.ts'
export {
  type Currency,
  isSameMoney,
  type Money,
  type MoneyFailure,
  parseMoney,
  toAmount,
  toText,
} from './money.ts'
export type {
  CertificationNotice,
  Channel,
  Notice,
  NoticeFailure,
  OtherNotice,
  PaymentNotice,
} from './notice.ts'
export {
  type Allowance,
  type ExpectedChannel,
  type ExpectedOrder,
  isOverdue,
  type Order,
  type OrderStatus,
  openOrder,
  type Policy,
} from './order.ts'
export { type Payee, payeeOf, toPaymentOf } from './payee.ts'
export {
  type Deposit,
  type Payment,
  type PaymentFailure,
  type PaymentFields,
  parsePayment,
  type VirtualAccount,
} from './payment.ts'
export { parseRedirect } from './redirect.ts'
export { fail, ok, type Result } from './result.ts'
export type { PaymentStatus } from './status.ts'
export type { Attempt, OrderStore, StoreFailure } from './store.ts'
export {
  type AttemptId,
  parseAttemptId,
  parseSubscriptionId,
  type SubscriptionId,
  toAttemptId,
} from './subscription/attempt-id.ts'
export {
  cancelSubscription,
  changePlan,
  chargeNow,
  openSubscription,
  pauseSubscription,
  refundPeriod,
  resumeSubscription,
  type SubscriptionFailure,
} from './subscription/change-subscription.ts'
export { decideSubscription, type SubscriptionStep } from './subscription/decide-subscription.ts'
export { classifyDecline, type DeclineKind } from './subscription/decline.ts'
export { type PlanFailure, parsePlan } from './subscription/parse-plan.ts'
export { periodOf, type SubscriptionPeriod } from './subscription/period.ts'
export {
  type Discount,
  defaultRetry,
  type Plan,
  type PlanPeriod,
  type RetryPolicy,
  type RetryStep,
} from './subscription/plan.ts'
export { recordLookUp, recordRefusal } from './subscription/record-outcome.ts'
export type {
  AttemptState,
  ChargeAttempt,
  Subscription,
  SubscriptionCalendar,
  SubscriptionEvent,
  SubscriptionState,
  SubscriptionStatus,
  SubscriptionWrite,
} from './subscription/subscription.ts'
export { type UpcomingCharge, upcoming } from './subscription/upcoming.ts'
export {
  type FetchPayment,
  type LookupFailure,
  type LookupNotice,
  type SyncDeps,
  type Synced,
  type SyncFailure,
  syncPayment,
} from './sync.ts'
export { type Mode, type VerifiedPayment, type VerifyFailure, verifyPayment } from './verify.ts'
export { parseWebhook } from './webhook.ts'
