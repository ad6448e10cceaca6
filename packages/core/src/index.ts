export type { OrderAccount } from './account.ts'
export { type BodyFailure, type BodyOptions, parseBody } from './body.ts'
export { parseCallback } from './callback.ts'
export { applyChange, type Change } from './change.ts'
export { type ConfirmRequest, parseConfirm } from './confirm.ts'
export { type Decision, decide } from './decide.ts'
export { classify, explain, type Failure, type FailureClass, type Language } from './explain.ts'
export { type Fields, isNothing } from './fields.ts'
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
export type { Channel, Notice, NoticeFailure, OtherNotice, PaymentNotice } from './notice.ts'
export {
  type Allowance,
  type ExpectedOrder,
  isOverdue,
  type Order,
  type OrderStatus,
  openOrder,
  type Policy,
} from './order.ts'
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
