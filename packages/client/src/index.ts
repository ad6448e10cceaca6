export type { Sleep } from './attempt.ts'
export { type CallOptions, type Client, type ClientOptions, createClient } from './client.ts'
export type { AnyEndpoint, Endpoint, ReadEndpoint, RetryClass, WriteEndpoint } from './endpoint.ts'
export { type WriteHandling } from './endpoint.ts'
export * as authenticate from './endpoints/authenticate.ts'
export * as benepia from './endpoints/benepia.ts'
export * as certifications from './endpoints/certifications.ts'
export * as codes from './endpoints/codes.ts'
export * as customers from './endpoints/customers.ts'
export * as cvs from './endpoints/cvs.ts'
export * as escrow from './endpoints/escrow.ts'
export * as kakao from './endpoints/kakao.ts'
export * as kcpquick from './endpoints/kcpquick.ts'
export * as links from './endpoints/links.ts'
export * as naver from './endpoints/naver.ts'
export * as partners from './endpoints/partners.ts'
export * as payco from './endpoints/payco.ts'
export * as payments from './endpoints/payments.ts'
export * as paymentwall from './endpoints/paymentwall.ts'
export * as prepare from './endpoints/prepare.ts'
export * as receipts from './endpoints/receipts.ts'
export * as subscribe from './endpoints/subscribe.ts'
export * as tiers from './endpoints/tiers.ts'
export * as users from './endpoints/users.ts'
export * as vbanks from './endpoints/vbanks.ts'
export type {
  Exchange,
  ExchangeRequest,
  ExchangeResponse,
  Fetch,
} from './exchange.ts'
export {
  type CallResult,
  type Cause,
  type ClientFailure,
  type InvalidArgument,
  type OutcomeUnknown,
  PaymentClientError,
  unwrap,
} from './failure.ts'
export {
  type FactsByMethod,
  type FactsByStatus,
  hasStatus,
  isPaidBy,
  type PaymentByMethod,
  type PaymentOfStatus,
} from './guards.ts'
export type { OpenEnum } from './open-enum.ts'
export { type Page, pages } from './pages.ts'
export type {
  BillingKey,
  CustomerRecord,
  FailedChannel,
  SucceededChannel,
  SuperBillingKey,
} from './records/billing-key-record.ts'
export type { Buyer } from './records/buyer-fields.ts'
export type { Card } from './records/card-fields.ts'
export type {
  NaverAddress,
  NaverCashAmount,
  NaverCourier,
  NaverOrderer,
  NaverProductOrder,
  NaverReview,
} from './records/naver-order-record.ts'
export type {
  BalanceShare,
  PaymentBalance,
  PaymentCancel,
  PaymentPage,
  PaymentRecord,
  PaymentRecordStatus,
  VbankDeposit,
} from './records/payment-record.ts'
export type { ScheduleList, ScheduleRecord } from './records/schedule-record.ts'
export { readTime } from './time.ts'
export { writeHandling } from './write-handling.ts'
