export type {
  Credentials,
  MerchantFetch,
  Timeouts,
  WebhookSettings,
} from './context.ts'
export type { BillingSettings } from './domain/billing/issue-window.ts'
export type { Channel, WebhookPlan } from './domain/channel/channel.ts'
export type { ContractName, Contracts } from './domain/contract.ts'
export type { Promotion } from './domain/payment/promotion.ts'
export type {
  ApproveChoice,
  OpenResult,
  PaymentWindow,
  WindowRequest,
  WindowResult,
  WindowView,
} from './domain/payment/window.ts'
export type { InternalError } from './faults/internal-error.ts'
export type { SimulatorOptions } from './options.ts'
export type { AccountSnapshot, Snapshot } from './persistence/snapshot.ts'
export { type Clock, type ClockOptions, createClock } from './runtime/clock.ts'
export type { IdOptions } from './runtime/ids.ts'
export type { Language } from './runtime/language.ts'
export type { Tier } from './services/sub-merchants.ts'
export { createSimulator, type Simulator } from './simulator.ts'
