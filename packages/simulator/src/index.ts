export { type Clock, type ClockOptions, createClock } from './clock.ts'
export type { Crash } from './crash.ts'
export type { Channel, WebhookPlan } from './domain/channel.ts'
export type {
  ApproveChoice,
  Desk,
  Opened,
  WindowRequest,
  WindowResult,
  WindowView,
} from './domain/window.ts'
export type { Promotion } from './promotion.ts'
export {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from './simulator.ts'
export type { Tier } from './tiers.ts'
export type { Credentials, Patience, Send, WebhookSettings } from './world.ts'
