export { createMisconfiguredApp } from './app.ts'
export type { AccountSettings } from './config/account-settings.ts'
export { type Config, type ConfigFailure, readConfig } from './config/config.ts'
export { explainConfig } from './config/explain-config.ts'
export { explainMistake, type MistakenKey } from './config/mistaken-keys.ts'
export { secretsOf } from './config/secrets.ts'
export type { Delivery, DeliveryResult, SweepResult } from './delivery/deliver.ts'
export {
  createDeliveryQueue,
  type DeliveryQueue,
  type DeliveryQueueOptions,
} from './delivery/queue.ts'
export { createEventSigner, type SignEvent } from './delivery/send.ts'
export { toOpenAccounts } from './domain/accounts.ts'
export { attemptPolicy } from './domain/attempt-policy.ts'
export {
  type BillingKey,
  type BillingKeyChange,
  type BillingKeyEvent,
  type BillingKeyFailureReason,
  type BillingKeyState,
  type KeyDeletion,
  type KeyMeans,
  lastPreference,
  type NewBillingKey,
  type RequestedKey,
} from './domain/billing-key.ts'
export type { BuyerDetails } from './domain/buyer-details.ts'
export type { Cancel, CancelIntent, CancelState } from './domain/cancel.ts'
export { toTaxFreePart } from './domain/charge-details.ts'
export type { EventState, StoredEvent } from './domain/event.ts'
export type { OrderFailure, OrderFailureReason } from './domain/failure.ts'
export type {
  ExpectedDigests,
  IdentityRefusalReason,
  IdentityRequest,
  IdentityResult,
  IdentityVerification,
  ProviderRecordState,
} from './domain/identity-verification.ts'
export type {
  NaverOption,
  NaverOrderProduct,
  NaverPayProduct,
  NaverProducts,
  NaverShipping,
  NaverSupplement,
} from './domain/naver-product.ts'
export {
  compareHistory,
  type HistoryEntry,
  type HistoryPage,
  type HistoryPosition,
  historyKinds,
  type PaymentVerdict,
  type RecordedAttempt,
  toHistoryPosition,
} from './domain/order-history.ts'
export type {
  OrderPage,
  OrderPosition,
  OrderSelection,
  TimeSpan,
} from './domain/order-selection.ts'
export { type PayeeParts, toKeyOf, toPayee } from './domain/payee.ts'
export type { LinkOutcome, NewPaymentLink, PaymentLink } from './domain/payment-link.ts'
export {
  isRefundable,
  type MismatchReason,
  type NewIssue,
  type PaymentSnapshot,
  type ReconciliationIssue,
  type ReconciliationIssueKind,
} from './domain/reconciliation-issue.ts'
export type { Revocation } from './domain/revocation.ts'
export { isPaid } from './domain/status.ts'
export type { StoredOrder } from './domain/stored-order.ts'
export type { StoredAttempt, StoredSubscription } from './domain/stored-subscription.ts'
export { noShares, type TaxShares } from './domain/tax-shares.ts'
export { presentBillingKey } from './events/billing-key-payload.ts'
export type { BillingKeyFields } from './events/billing-key-schemas.ts'
export type { IdentityVerificationFields } from './events/identity-verification-schemas.ts'
export {
  presentEscrowChange,
  presentOrder,
  presentReconciliationIssue,
  presentUnmatchedPayment,
} from './events/payload.ts'
export {
  applyIdentityResult,
  presentIdentityVerification,
} from './events/present-identity-verification.ts'
export type {
  EventPayload,
  OrderEventType,
  OrderFields,
  ReconciliationIssueResponse,
} from './events/schemas.ts'
export { presentSubscriptionEvent } from './events/subscription-payload.ts'
export type { SubscriptionEventPayload, SubscriptionFields } from './events/subscription-schemas.ts'
export { type OrderRequestBody, readOrderRequest } from './http/order-request.ts'
export { createNetworkLimit, limitRate, type RateLimitOptions } from './http/rate-limit.ts'
export { everyMinute, type Job } from './jobs/schedule/cron.ts'
export { type JobTimerOptions, type StartedJobs, startJobs } from './jobs/schedule/start-jobs.ts'
export {
  createLog,
  createRedactingLog,
  describeCause,
  type Log,
  type LogFields,
  type LogLevel,
  levelOf,
} from './log.ts'
export { isProviderAddress, providerAddresses } from './lookup-guard/caller.ts'
export { toNetwork } from './lookup-guard/network.ts'
export type { Observe, Operation } from './observe.ts'
export type { ChannelUnsuitable } from './orders/channel-suits.ts'
export {
  isSameOrder,
  type RequestedOrder,
  type RequestInvalid,
} from './orders/requested-order.ts'
export { type Backlog, type BacklogSize, maxCounted } from './ports/backlog.ts'
export {
  type BillingKeys,
  type ChangedBillingKey,
  maxUsableKeys,
} from './ports/billing-keys.ts'
export type { Cancels } from './ports/cancels.ts'
export type { Cursors } from './ports/cursors.ts'
export type { Health, HealthFailure } from './ports/health.ts'
export type {
  IdentityVerifications,
  NewIdentityVerification,
  RecordToDelete,
} from './ports/identity-verifications.ts'
export type { OrderHistories } from './ports/order-histories.ts'
export {
  maxRowsPerRead,
  maxScannedPerOrder,
  type OrderQueries,
  type PaymentOfOrder,
  type UnacceptedAttempt,
} from './ports/order-queries.ts'
export {
  type CreatedOrder,
  maxEscrowEvents,
  type OrderRepository,
  type RecordedEscrowChange,
} from './ports/orders.ts'
export type { Outbox, ReplayFailure, SettledTry } from './ports/outbox.ts'
export { maxLinksPerOrder, type PaymentLinks } from './ports/payment-links.ts'
export type { PlannedPoll, PollSchedule } from './ports/poll-schedule.ts'
export type { ReconciliationIssues } from './ports/reconciliation-issues.ts'
export type { Retention } from './ports/retention.ts'
export type { Revocations } from './ports/revocations.ts'
export type { Store } from './ports/store.ts'
export {
  type AttemptPlace,
  type CreatedSubscription,
  maxSubscriptionsPerRead,
  type NewSubscription,
  type SubscriptionFilter,
  type Subscriptions,
} from './ports/subscriptions.ts'
export { type Budget, type Cost, noLimits, type RunLimits } from './run-budget.ts'
export { createServer, type Server, type ServerOptions } from './server.ts'
export { type Sleep, sleepOnTimer } from './timers.ts'
