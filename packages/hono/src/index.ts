export type { BuyerOrder, FindBuyerOrder } from './buyer-order.ts'
export { type CompletionHooks, type CompletionOptions, completion } from './completion.ts'
export type { ConfirmHook } from './confirm.ts'
export type { EscrowRefusal, RecordEscrowChange } from './escrow/record-escrow-change.ts'
export type { ConfirmAttempt, ConfirmGuard } from './lookup/confirm-guard.ts'
export type { FindPaid, OrderLookup } from './lookup/find-paid.ts'
export { createLookup } from './lookup/lookup.ts'
export type { Lookup, LookupGuard } from './lookup/lookup-guard.ts'
export { toProviderFailure } from './lookup/provider-failure.ts'
export type { CompletionStatus } from './messages.ts'
export { responseHeaders } from './middleware/response-headers.ts'
export type { ResultPages } from './redirect.ts'
export type { CompletionReport, CompletionRoute, ConfirmRefusal } from './report.ts'
export { languageOf } from './request/language.ts'
export type { ReadFailure } from './request/read-body.ts'
export type { CompletionResponse, RequestFailure } from './response.ts'
export { isAllowedOrigin, isAllowedPage } from './settings/addresses.ts'
export type {
  LookUpRecord,
  NoticeOutcome,
  Subject,
  SubjectConfirmation,
  SubjectMerchant,
  SubjectMessages,
  SubjectNotice,
  SubjectOutcome,
} from './subject.ts'
