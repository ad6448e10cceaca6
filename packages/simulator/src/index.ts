export type { Credentials, Patience, Send, WebhookSettings } from './context.ts'
export type { Channel, WebhookPlan } from './domain/channel/channel.ts'
export type { Promotion } from './domain/payment/promotion.ts'
export type {
  ApproveChoice,
  Desk,
  Opened,
  WindowRequest,
  WindowResult,
  WindowView,
} from './domain/payment/window.ts'
export type { Crash } from './faults/internal-error.ts'
export { type Clock, type ClockOptions, createClock } from './runtime/clock.ts'
export type { Tier } from './services/sub-merchants.ts'
export {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from './simulator.ts'
