export type { Sleep } from './call/attempt.ts'
export { type CallOptions, type Client, type ClientOptions, createClient } from './client.ts'
/** Access tokens (인증 토큰): for use outside the client, which requests its own. */
export * as authenticate from './endpoints/authenticate.ts'
/** Benepia (베네피아): points of a welfare mall, paid through KCP. */
export * as benepia from './endpoints/benepia.ts'
/** Identity verifications (본인인증): reading, deleting and requesting them without a window. */
export * as certifications from './endpoints/certifications.ts'
/** Codes (은행·카드사 코드): the names of banks and card companies. */
export * as codes from './endpoints/codes.ts'
/** Billing keys (빌링키): issuing, reading and deleting stored payment methods. */
export * as customers from './endpoints/customers.ts'
/** Convenience stores (편의점 결제): barcodes to be paid in a store. */
export * as cvs from './endpoints/cvs.ts'
/** Escrow (에스크로): deliveries of payments in escrow. */
export * as escrow from './endpoints/escrow.ts'
/** Kakao Pay (카카오페이): the orders of a day, from Kakao Pay. */
export * as kakao from './endpoints/kakao.ts'
/** KCP QuickPay (KCP 퀵페이): prepaid money, auto-pay keys and members. */
export * as kcpquick from './endpoints/kcpquick.ts'
/** Payment links (결제 링크): payment pages of the provider, on a host of their own. */
export * as links from './endpoints/links.ts'
/** Naver Pay (네이버페이): product orders (주문형) and their claims, points and escrow (결제형). */
export * as naver from './endpoints/naver.ts'
/** Partners (하위 가맹점 영수증): shares of sub-merchants on a sales slip. */
export * as partners from './endpoints/partners.ts'
/** PAYCO (페이코): reporting the status of an order. */
export * as payco from './endpoints/payco.ts'
/** Payments (결제): reading and cancelling them. */
export * as payments from './endpoints/payments.ts'
/** Paymentwall (페이먼트월): reporting deliveries. */
export * as paymentwall from './endpoints/paymentwall.ts'
/** Registered amounts (결제금액 사전등록): the amounts that the payment window accepts. */
export * as prepare from './endpoints/prepare.ts'
/** Cash receipts (현금영수증): of payments, and of sales outside the provider. */
export * as receipts from './endpoints/receipts.ts'
/** Charges without a payment window (비인증 결제): immediate and scheduled. */
export * as subscribe from './endpoints/subscribe.ts'
/** Sub-merchants (하위상점): reading one. */
export * as tiers from './endpoints/tiers.ts'
/** Channels (결제 채널): the payment channels of the console. */
export * as users from './endpoints/users.ts'
/** Virtual accounts (가상계좌): issuing, changing and revoking them without a payment window. */
export * as vbanks from './endpoints/vbanks.ts'
export {
  type FactsByMethod,
  type FactsByStatus,
  hasStatus,
  isPaidBy,
  type PaymentByMethod,
  type PaymentOfStatus,
} from './guards.ts'
export type {
  AnyEndpoint,
  Endpoint,
  EndpointBase,
  EndpointTypes,
  HasCompound,
  ReadEndpoint,
  RetryClass,
  Service,
  WriteEndpoint,
  WriteHandling,
} from './operation/endpoint.ts'
export type { Envelope, ReadEnvelope } from './operation/envelope.ts'
export type { BuiltRequest, RequestParts } from './operation/request-parts.ts'
export { pages } from './pages.ts'
export type {
  BillingKey,
  CustomerRecord,
  FailedChannel,
  KeyedCard,
  KeyHolder,
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
export type { Page } from './records/page.ts'
export type {
  BalanceShare,
  BalanceShares,
  PaymentBalance,
  PaymentCancel,
  PaymentPage,
  PaymentRecord,
  PaymentRecordStatus,
  VbankDeposit,
} from './records/payment-record.ts'
export type { ScheduleList, ScheduleRecord } from './records/schedule-record.ts'
export { writeHandling } from './request/write-handling.ts'
export type {
  Exchange,
  ExchangeRequest,
  ExchangeResponse,
  Fetch,
} from './transport/exchange.ts'
export {
  type CallResult,
  type Cause,
  type ClientFailure,
  type InvalidArgument,
  type OutcomeUnknown,
  PaymentClientError,
  type Refusal,
  type Unreadable,
  unwrap,
} from './values/failure.ts'
export type { OpenEnum } from './values/open-enum.ts'
export type { Redact } from './values/redact.ts'
export { readTime } from './values/time.ts'
