// What a restart must not lose, as plain JSON. Open payment windows, webhooks that are still to be sent, faults and the
// request log belong to one run.
import type { SimulatorContext, WebhookSettings } from '../context.ts'
import { isRecord } from '../runtime/params.ts'
import { planSchedule } from '../services/billing/run-schedule.ts'
import { pollAgain } from '../services/naver/naver-poll.ts'
import type { SimulatorState } from '../state.ts'

/** Everything a simulator keeps over a restart: plain JSON, readable by the same version only. */
export interface Snapshot {
  /** How far its clock was ahead of real time, in milliseconds; 0 for a still clock. */
  readonly ahead_ms: number
  /** The data of the merchant account under an empty name, and of each sub-merchant under its code. */
  readonly accounts: Readonly<Record<string, AccountSnapshot>>
}

interface AccountSnapshot {
  readonly webhook: WebhookSettings
  /** The members of {@link SimulatorState}; a map is a list of its entries. */
  readonly state: Readonly<Record<string, unknown>>
}

/** Changes with what a snapshot means, so that no version reads another's. */
export const snapshotVersion = 1

/** The log shows a hundred messages; a state that is kept for months must not grow by them. */
const maxDeliveries = 1000

/** Takes a snapshot of the merchant account and its sub-merchants. */
export function takeSnapshot(context: SimulatorContext): Snapshot {
  return {
    ahead_ms: context.clock.aheadMs() ?? 0,
    accounts: Object.fromEntries(
      accountsOf(context).map(([code, { state, webhook }]) => [
        code,
        { webhook, state: fromState(state) },
      ]),
    ),
  }
}

/** Puts a snapshot into a new simulator, and plans again what waits for its time. */
export function restoreSnapshot(context: SimulatorContext, { accounts }: Snapshot): void {
  for (const [code, account] of accountsOf(context)) {
    const kept = accounts[code]
    if (kept === undefined) continue
    Object.assign(account.webhook, kept.webhook)
    intoState(account.state, kept.state)
    endDeliveries(account.state)
    for (const schedule of account.state.schedules.values()) {
      if (schedule.status === 'scheduled') planSchedule(account, schedule)
    }
    pollAgain(account)
  }
}

/** Reads a value as a snapshot; null when it is none. */
export function toSnapshot(value: unknown): Snapshot | null {
  if (!isRecord(value)) return null
  const { ahead_ms: aheadMs, accounts } = value
  if (typeof aheadMs !== 'number' || !isRecord(accounts)) return null
  const read = Object.entries(accounts).map(([code, account]) => [code, toAccount(account)])
  if (read.some(([, account]) => account === null)) return null
  return { ahead_ms: aheadMs, accounts: Object.fromEntries(read) }
}

function toAccount(value: unknown): { webhook: unknown; state: unknown } | null {
  if (!isRecord(value)) return null
  const { webhook, state } = value
  return isRecord(webhook) && isRecord(state) ? { webhook, state } : null
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
