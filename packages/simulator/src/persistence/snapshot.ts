// What a restart must not lose, as plain JSON. Open payment windows, webhooks that are still to be sent, faults and the
// request log belong to one run.
import type { SimulatorContext, WebhookSettings } from '../context.ts'
import type { BillingSettings } from '../domain/billing/issue-window.ts'
import type { Channel } from '../domain/channel/channel.ts'
import { type Contracts, contractNames, defaultContracts } from '../domain/contract.ts'
import { isRecord } from '../runtime/params.ts'
import { planRecovery, planSchedule } from '../services/billing/run-schedule.ts'
import { readChannels } from '../services/merchant-account.ts'
import { pollAgain } from '../services/naver/naver-poll.ts'
import { addTiers, type Tier } from '../services/sub-merchants.ts'
import type { SimulatorState } from '../state.ts'

/** Everything a simulator keeps over a restart: plain JSON, readable by the same version only. */
export interface Snapshot {
  /** How far its clock was ahead of real time, in milliseconds; 0 for a still clock. */
  readonly ahead_ms: number
  /** The merchant's channels, default first. */
  readonly channels: readonly Channel[]
  /** The contracts that the merchant has. */
  readonly contracts: Contracts
  /** The sub-merchants. */
  readonly tiers: readonly Tier[]
  /** The data of the merchant account under an empty name, and of each sub-merchant under its code. */
  readonly accounts: Readonly<Record<string, AccountSnapshot>>
}

/** What is kept of one account. */
export interface AccountSnapshot {
  /** The console's webhook settings. */
  readonly webhook: WebhookSettings
  /** The settings of billing keys and schedules. */
  readonly billing: BillingSettings
  /** The members of {@link SimulatorState}; a map is a list of its entries. */
  readonly state: Readonly<Record<string, unknown>>
}

/** Changes with what a snapshot means, so that no version reads another's. */
export const snapshotVersion = 2

/** The log shows a hundred messages; a state that is kept for months must not grow by them. */
const maxDeliveries = 1000

/** Takes a snapshot of the merchant account and its sub-merchants. */
export function takeSnapshot(context: SimulatorContext): Snapshot {
  return {
    ahead_ms: context.clock.aheadMs() ?? 0,
    channels: [...context.channels],
    contracts: { ...context.contracts },
    tiers: [...context.tiers].map(([tier_code, { name }]) => ({ tier_code, tier_name: name })),
    accounts: Object.fromEntries(
      accountsOf(context).map(([code, { state, webhook, billing }]) => [
        code,
        { webhook, billing, state: fromState(state) },
      ]),
    ),
  }
}

/** Puts a snapshot into a new simulator, and plans again what waits for its time. */
export function restoreSnapshot(context: SimulatorContext, snapshot: Snapshot): void {
  const { channels, contracts, tiers, accounts } = snapshot
  context.channels.splice(0, context.channels.length, ...channels)
  Object.assign(context.contracts, contracts)
  addTiers(
    context,
    tiers.filter(({ tier_code }) => !context.tiers.has(tier_code)),
  )
  for (const [code, account] of accountsOf(context)) {
    const kept = accounts[code]
    if (kept === undefined) continue
    Object.assign(account.webhook, kept.webhook)
    Object.assign(account.billing, kept.billing)
    intoState(account.state, kept.state)
    endDeliveries(account.state)
    for (const schedule of account.state.schedules.values()) {
      if (schedule.status === 'scheduled') planSchedule(account, schedule)
      else planRecovery(account, schedule, 'run')
    }
    pollAgain(account)
  }
}

/** Reads a value as a snapshot; null when it is none. */
export function toSnapshot(value: unknown): Snapshot | null {
  if (!isRecord(value)) return null
  const { ahead_ms: aheadMs, accounts, contracts } = value
  if (typeof aheadMs !== 'number' || !isRecord(accounts) || !isRecord(contracts)) return null
  const channels = readChannels({ channels: value['channels'] })
  const tiers = toTiers(value['tiers'])
  if (!channels.ok || tiers === null) return null
  const read = Object.entries(accounts).map(([code, account]) => [code, toAccount(account)])
  if (read.some(([, account]) => account === null)) return null
  return {
    ahead_ms: aheadMs,
    channels: channels.value,
    contracts: toContracts(contracts),
    tiers,
    accounts: Object.fromEntries(read),
  }
}

function toContracts(kept: Readonly<Record<string, unknown>>): Contracts {
  const contracts = defaultContracts()
  for (const name of contractNames) contracts[name] = kept[name] === true
  return contracts
}

function toTiers(value: unknown): readonly Tier[] | null {
  if (!Array.isArray(value)) return null
  const tiers = value.flatMap((tier: unknown) => {
    const { tier_code, tier_name } = isRecord(tier) ? tier : {}
    return typeof tier_code === 'string' && typeof tier_name === 'string'
      ? [{ tier_code, tier_name }]
      : []
  })
  return tiers.length === value.length ? tiers : null
}

function toAccount(value: unknown): { webhook: unknown; billing: unknown; state: unknown } | null {
  if (!isRecord(value)) return null
  const { webhook, billing, state } = value
  const isComplete = isRecord(webhook) && isRecord(billing) && isRecord(state)
  return isComplete ? { webhook, billing, state } : null
}

function accountsOf(context: SimulatorContext): readonly (readonly [string, SimulatorContext])[] {
  return [['', context], ...[...context.tiers].map(([code, tier]) => [code, tier.context] as const)]
}

function fromState(state: SimulatorState) {
  const members = Object.entries({ ...state, deliveries: state.deliveries.slice(-maxDeliveries) })
  return Object.fromEntries(
    members
      .filter(([name]) => name !== 'requestLog')
      .map(([name, value]) => [name, value instanceof Map ? [...value.entries()] : value]),
  )
}

function intoState(state: SimulatorState, kept: Readonly<Record<string, unknown>>): void {
  const collections: Readonly<Record<string, unknown>> = { ...state }
  for (const [name, value] of Object.entries(kept)) {
    const collection = collections[name]
    if (collection instanceof Map && Array.isArray(value)) {
      for (const [key, record] of value) collection.set(key, record)
    } else if (Array.isArray(collection) && Array.isArray(value)) collection.push(...value)
  }
  const { token } = kept
  if (isRecord(token)) {
    const { accessToken, expiredAt } = token
    if (typeof accessToken === 'string' && typeof expiredAt === 'number') {
      state.token = { accessToken, expiredAt }
    }
  }
}

/** A message whose response a stop cut off will never have one. */
function endDeliveries({ deliveries }: SimulatorState): void {
  for (const [index, delivery] of deliveries.entries()) {
    if (delivery.response !== null) continue
    const response = { error: 'network', detail: 'The simulator was stopped.' } as const
    deliveries[index] = { ...delivery, response }
  }
}
