import type { BillingSettings } from './domain/billing/issue-window.ts'
import type { Channel, WebhookPlan } from './domain/channel/channel.ts'
import type { Contracts } from './domain/contract.ts'
import type { FaultRule } from './domain/fault.ts'
import type { Promotion } from './domain/payment/promotion.ts'
import type { Clock } from './runtime/clock.ts'
import type { Ids } from './runtime/ids.ts'
import type { SimulatorState } from './state.ts'

/** The merchant account of the simulated provider. */
export interface Credentials {
  /** REST API key. */
  readonly impKey: string
  /** REST API secret. */
  readonly impSecret: string
  /** Merchant code of the browser script (고객사 식별코드), `imp` and digits. */
  readonly userCode: string
}

/** The webhook settings of the provider's console. */
export interface WebhookSettings extends WebhookPlan {
  /** The URL for payments without a `notice_url`; null sends nothing. */
  url: string | null
  /** Whether a delivery is repeated up to 5 times, a minute apart, after a network error or 5xx. */
  resend: boolean
}

/** How long the provider waits for the merchant's server. */
export interface Timeouts {
  /** `confirm_url`; the provider's value is 10 000. */
  readonly confirmMs: number
  /** First sending of a webhook; the provider's value is 30 000. */
  readonly webhookMs: number
  /** A resent webhook; the provider's value is 15 000. */
  readonly resendMs: number
}

/** Sends one request to the merchant's server; `globalThis.fetch` and a Hono app's `request` both fit. */
export type MerchantFetch = (url: string, init: RequestInit) => Response | Promise<Response>

/** What all parts of one simulator share. */
export interface SimulatorContext {
  readonly clock: Clock
  readonly ids: Ids
  readonly state: SimulatorState
  readonly credentials: Credentials
  /** The origin at which browsers reach the simulator: slips are there. */
  readonly origin: string
  /** The console's channels, which the control API changes in place; sub-merchants share them. */
  readonly channels: Channel[]
  /** Changed in place as well, and shared. */
  readonly contracts: Contracts
  readonly webhook: WebhookSettings
  /** Changed in place; each sub-merchant has its own. */
  readonly billing: BillingSettings
  readonly timeouts: Timeouts
  readonly faults: FaultRule[]
  readonly fetchMerchant: MerchantFetch
  readonly hideSandbox: boolean
  readonly partialStatus: 'cancelled' | 'paid'
  readonly lateDeposits: 'accepted' | 'refused'
  readonly scheduleLists: 'paged' | 'array'
  readonly naverPollMs: number
  readonly duties: 'enforced' | 'all' | 'ignored'
  readonly promotions: readonly Promotion[]
  /** The sub-merchants, by code; empty for a sub-merchant. */
  readonly tiers: Map<string, { readonly name: string; readonly context: SimulatorContext }>
  latencyMs: number
}
