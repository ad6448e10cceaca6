export { type Clock, type ClockOptions, createClock } from './clock.ts'
export type { Crash } from './crash.ts'
export type {
  ApproveChoice,
  Channel,
  Desk,
  Opened,
  WebhookPlan,
  WindowRequest,
  WindowResult,
  WindowView,
} from './desk.ts'
export type { Promotion } from './promotion.ts'
export {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from './simulator.ts'
export type { Tier } from './tiers.ts'
export type { Credentials, Patience, Send, WebhookSettings } from './world.ts'
