export type { CheckoutSettings } from './checkout.ts'
export { type BegunRegistration, type Checkout, init } from './init.ts'
export type { Page } from './page.ts'
export type { CertificationResponse, PaymentResponse } from './provider-response.ts'
export type { CertificationRequest } from './request/certification-request.ts'
export type { PayMethod, PayMethodExceptPhone } from './request/pay-method.ts'
export type {
  AbsoluteUrl,
  CardOptions,
  ChannelChoice,
  EscrowItem,
  NaverOrderProduct,
  NaverPayProduct,
  PaymentDetails,
  PaymentRequest,
  Product,
} from './request/payment-request.ts'
export type { RequestCheck, RequestProblem } from './request/problem.ts'
export type {
  AccountIssued,
  AnyResult,
  CancelledByBuyer,
  Ended,
  Failed,
  FailureReason,
  NotDone,
  Paid,
  PaymentResult,
  Purpose,
  Refunded,
  RegistrationResult,
  Unknown,
  UnknownReason,
  VerificationResult,
  VirtualAccount,
} from './result.ts'
export { type ReadReturn, type Return, type ReturnFailure, readReturn } from './return.ts'
export type { Iamport, SdkFailure, SdkResult } from './sdk/iamport.ts'
export { loadSdk, type SdkOptions } from './sdk/load-sdk.ts'
export type { ResumeOptions, WindowOptions } from './window-options.ts'
