import type {
  Credentials,
  MerchantFetch,
  SimulatorContext,
  Timeouts,
  WebhookSettings,
} from './context.ts'
import type { BillingSettings } from './domain/billing/issue-window.ts'
import type { Channel } from './domain/channel/channel.ts'
import { defaultChannels } from './domain/channel/default-channels.ts'
import { type Contracts, defaultContracts } from './domain/contract.ts'
import type { Promotion } from './domain/payment/promotion.ts'
import type { InternalError } from './faults/internal-error.ts'
import { restoreSnapshot, type Snapshot } from './persistence/snapshot.ts'
import { type Clock, createClock } from './runtime/clock.ts'
import { createIds, type IdOptions } from './runtime/ids.ts'
import { addTiers, type Tier } from './services/sub-merchants.ts'
import { createState } from './state.ts'

/** Options of a simulator; every one has a working default. */
export interface SimulatorOptions extends IdOptions {
  /** The key, secret and merchant code it accepts. Default: `simulator-key`, `simulator-secret`, `imp00000000`. */
  readonly credentials?: Partial<Credentials>
  /** The merchant's channels, default first. Default: html5_inicis first, then test channels of every PG and easy pay of the guide, and three live ones for servers only. */
  readonly channels?: readonly Channel[]
  /** Contracts the merchant has (`true`) or lacks. Default: all but `certification_foreigner`. */
  readonly contracts?: Partial<Contracts>
  /** The agency's sub-merchants. Default: one, `T01`. */
  readonly tiers?: readonly Tier[]
  /** The console's webhook settings. Default: no URL, JSON, sent together with the browser's return, once, no resends. */
  readonly webhook?: Partial<WebhookSettings>
  /** Sends webhooks and confirm requests to the merchant. Default: the global `fetch`. */
  readonly fetch?: MerchantFetch
  /** The clock. Default: real time, moved as it was in `snapshot`. */
  readonly clock?: Clock
  /** How long the provider waits for the merchant's server. */
  readonly timeouts?: Partial<Timeouts>
  /** Milliseconds added to every REST call. Default: 0. */
  readonly latencyMs?: number
  /** Whether GET /payments/{imp_uid} hides test-channel payments unless the query has `include_sandbox=true`. Default: true, as documented. */
  readonly hideSandbox?: boolean
  /** The status of a partly cancelled payment: sources disagree. Default: `cancelled`. */
  readonly partialStatus?: 'cancelled' | 'paid'
  /** Whether a bank accepts a deposit to a virtual account past its due date: no source says. Default: `accepted`. */
  readonly lateDeposits?: 'accepted' | 'refused'
  /** The shape of the three schedule lists: pages, as running shops read them, or the bare array of the published description. Default: `paged`. */
  readonly scheduleLists?: 'paged' | 'array'
  /** What the sources leave open about billing keys, and the console's recovery of failed schedules. Default: a webhook for every key, the amount 0 for one without money, no recovery. */
  readonly billing?: Partial<BillingSettings>
  /** How often the provider polls Naver for payments of its order type, which Naver reports in no other way. Default: 60 000 ms, on the minute. */
  readonly naverPollMs?: number
  /** Whether a window opens for a request that lacks what its PG demands: `all` also refuses what the guide calls required and shops do without (`buyer_tel` at html5_inicis). Default: `enforced`. */
  readonly duties?: 'enforced' | 'all' | 'ignored'
  /** The card promotions of the merchant's console. Default: one for Shinhan cards, one for Hyundai cards. */
  readonly promotions?: readonly Promotion[]
  /** The origin at which browsers reach the simulator, such as `http://localhost:8788`: every `receipt_url` begins with it. Default: that of each request, and for `receipt_url` `https://receipt.example`, which leads nowhere. */
  readonly origin?: string
  /** The host names at which the console and the control API respond, such as `localhost`; the provider's own routes respond at any. Default: any. */
  readonly hostnames?: readonly string[]
  /** The state it begins with, from `snapshot()` of an earlier one. Default: empty. */
  readonly snapshot?: Snapshot
  /** Called with every internal error of the simulator. Its response is a 500 with a header `simulator-internal-error`, which no other response has. */
  readonly onInternalError?: (error: InternalError) => void
}

/** The keys of the simulated merchant; they are valid nowhere else. */
export const defaultCredentials: Credentials = {
  impKey: 'simulator-key',
  impSecret: 'simulator-secret',
  userCode: 'imp00000000',
}

/** The provider's initial settings, without a webhook URL. */
const defaultWebhook: WebhookSettings = {
  url: null,
  contentType: 'json',
  timing: 'with',
  delayMs: 0,
  times: 1,
  resend: false,
}

/** What was seen most, and no recovery. */
const defaultBilling: BillingSettings = {
  keyWebhooks: 'every_pg',
  keyAmounts: 'zero',
  recoveryHour: null,
}

/** The real provider's timeouts. */
const defaultTimeouts: Timeouts = {
  confirmMs: 10_000,
  webhookMs: 30_000,
  resendMs: 15_000,
}

/** An agency with one sub-merchant. */
const defaultTiers: readonly Tier[] = [{ tier_code: 'T01', tier_name: '하위상점 1' }]

/** A discount in percent for Shinhan cards, one in won for Hyundai cards. */
const defaultPromotions: readonly Promotion[] = [
  {
    id: 'promotion-id-simulator-shinhan',
    card_code: '366',
    steps: [
      { from: 10_000, percent: 10 },
      { from: 50_000, percent: 20 },
    ],
    maxDiscount: 30_000,
  },
  { id: 'promotion-id-simulator-hyundai', card_code: '367', steps: [{ from: 5000, won: 1000 }] },
]

/** Makes what the parts of one simulator share, with the defaults where an option is absent. */
export function createContext(options: SimulatorOptions): SimulatorContext {
  const context: SimulatorContext = {
    clock: options.clock ?? createClock({ aheadMs: options.snapshot?.ahead_ms ?? 0 }),
    ids: createIds(options),
    state: createState(),
    credentials: { ...defaultCredentials, ...options.credentials },
    origin: options.origin ?? 'https://receipt.example',
    channels: [...(options.channels ?? defaultChannels)],
    contracts: defaultContracts(options.contracts),
    webhook: { ...defaultWebhook, ...options.webhook },
    billing: { ...defaultBilling, ...options.billing },
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    faults: [],
    // Workers refuse a `fetch` that is called as a method of something else.
    fetchMerchant: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    hideSandbox: options.hideSandbox ?? true,
    partialStatus: options.partialStatus ?? 'cancelled',
    lateDeposits: options.lateDeposits ?? 'accepted',
    scheduleLists: options.scheduleLists ?? 'paged',
    naverPollMs: options.naverPollMs ?? 60_000,
    duties: options.duties ?? 'enforced',
    promotions: options.promotions ?? defaultPromotions,
    tiers: new Map(),
    latencyMs: options.latencyMs ?? 0,
  }
  addTiers(context, options.tiers ?? defaultTiers)
  if (options.snapshot !== undefined) restoreSnapshot(context, options.snapshot)
  // What is set anew counts more than what was kept.
  Object.assign(context.webhook, options.webhook)
  Object.assign(context.contracts, options.contracts)
  Object.assign(context.billing, options.billing)
  if (options.channels !== undefined) {
    context.channels.splice(0, context.channels.length, ...options.channels)
  }
  return context
}
