export { createMisconfiguredApp } from './app.ts'
export { type Config, type ConfigFailure, explainConfig, readConfig } from './config.ts'
export type { Delivery, DeliveryResult, SweepResult } from './delivery/deliver.ts'
export { toOpenAccounts } from './domain/accounts.ts'
export type { Cancel, CancelIntent, CancelState } from './domain/cancel.ts'
export type { EventState, StoredEvent } from './domain/event.ts'
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
export {
  presentOrder,
  presentReconciliationIssue,
  presentUnmatchedPayment,
} from './events/payload.ts'
export type { EventPayload } from './events/schemas.ts'
export { everyMinute, type Job } from './jobs/cron.ts'
export { createLog, describeCause, type Log, type LogFields } from './log.ts'
export { isProviderAddress } from './lookup-guard/caller.ts'
export { toNetwork } from './lookup-guard/network.ts'
export type { Cancels } from './ports/cancels.ts'
export type { Cursors } from './ports/cursors.ts'
export type { Health, HealthFailure } from './ports/health.ts'
export {
  maxRowsPerRead,
  type OrderQueries,
  type PaymentOfOrder,
  type UnacceptedAttempt,
} from './ports/order-queries.ts'
export type { CreatedOrder, OrderRepository } from './ports/orders.ts'
export type { Outbox, ReplayFailure, SettledTry } from './ports/outbox.ts'
export type { PlannedPoll, PollSchedule } from './ports/poll-schedule.ts'
export type { ReconciliationIssues } from './ports/reconciliation-issues.ts'
export type { Retention } from './ports/retention.ts'
export type { Revocations } from './ports/revocations.ts'
export type { Store } from './ports/store.ts'
export { type Budget, type Cost, noLimits, type RunLimits } from './run-budget.ts'
export { createServer, type Server, type ServerOptions } from './server.ts'
export { type Sleep, sleepOnTimer } from './timers.ts'
