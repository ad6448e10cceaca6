export type { Sleep } from './attempt.ts'
export { type CallOptions, type Client, type ClientOptions, createClient } from './client.ts'
export type { Endpoint, EndpointRow, RetryClass } from './endpoint.ts'
export * as payments from './endpoints/payments.ts'
export * as prepare from './endpoints/prepare.ts'
export type { Fetch } from './exchange.ts'
export {
  type Answer,
  type Cause,
  type ClientFailure,
  type InvalidArgument,
  type OutcomeUnknown,
  PaymentClientError,
  unwrap,
} from './failure.ts'
export type {
  BalanceShare,
  PaymentBalance,
  PaymentCancel,
  PaymentPage,
  PaymentRecord,
  PaymentStatusWord,
  VbankDeposit,
} from './payment-record.ts'
