import type { Answer, ClientFailure } from '@quayside/client'
import { fail, type Order, type Result, type Synced, type SyncFailure } from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { RepairRooms } from '../deps.ts'
import type { CancelState, Intent } from '../domain/cancel.ts'
import type { Details } from './cancel-details.ts'
import { type Trace, traceCancel } from './find-cancel.ts'
import { syncRecord } from './sync-record.ts'

/** What the provider said to a cancel: yes, a definite no with its reason, or nothing that tells. */
export type Said =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'nothing' }

/** What a payment's record shows, read after a cancel of it. */
export interface Shown {
  readonly trace: Trace
  /** The order after the record was recorded. */
  readonly synced: Result<Synced, SyncFailure>
}

/**
 * Takes what the provider answered. What it says is kept, so nothing of the buyer's account may stand in it.
 *
 * @param details What was sent along, which the provider may repeat.
 */
export function toSaid(answer: Answer<unknown>, details: Details = {}): Said {
  if (answer.ok) return { kind: 'accepted' }
  const { failure } = answer
  if (failure.reason === 'outcome_unknown') return { kind: 'nothing' }
  const detail = personal
    .flatMap((name) => details[name] ?? [])
    .reduce((text, value) => text.replaceAll(value, '…'), toDetail(failure))
  return { kind: 'refused', detail }
}

const personal = ['refund_holder', 'refund_account', 'refund_tel']

/**
 * Reads a payment after a cancel of it, and notes what became of the cancel. Only the record confirms: neither a yes nor a no of the provider is believed against it.
 */
export async function findOut(
  intent: Intent,
  order: Order | null,
  said: Said,
  rooms: RepairRooms,
): Promise<Shown & { readonly state: CancelState; readonly detail: string | null }> {
  const { merchantUid, impUid } = intent
  const { trace, synced } = await lookFor(intent, order, rooms)
  const { state, detail } = judgeCancel(trace, said, isWhole(intent))
  const noted = await rooms.store.cancels.settle(intent, state, detail)
  // The intent stays open then, and repair finds out again.
  if (!noted.ok) rooms.log('cancel_not_noted', { merchantUid, impUid, state })
  return { trace, state, detail, synced }
}

/** Reads a payment, records what it says of its order, and looks for a cancel in it. */
export async function lookFor(
  intent: Intent,
  order: Order | null,
  rooms: RepairRooms,
): Promise<Shown> {
  const { impUid, merchantUid } = intent
  const found = await createLookup(rooms.client, rooms.config.mode)(impUid)
  if (!found.ok) return { trace: 'unreadable', synced: found }
  const synced =
    order === null
      ? fail({ reason: 'order_unknown', merchantUid } as const)
      : await syncRecord(order, impUid, found.value, rooms)
  return { trace: traceCancel(found.value, intent), synced }
}

function judgeCancel(
  trace: Trace,
  said: Said,
  isWhole: boolean,
): { readonly state: CancelState; readonly detail: string | null } {
  switch (trace) {
    case 'applied':
      // Somebody else's cancel of as much looks like ours. Of everything, it is what was wanted.
      return said.kind === 'refused' && !isWhole
        ? { state: 'refused', detail: said.detail }
        : { state: 'confirmed', detail: null }
    case 'overtaken':
      return { state: 'refused', detail: 'another cancel took place first' }
    case 'absent':
    case 'unreadable':
      switch (said.kind) {
        case 'accepted':
          return { state: 'requested', detail: 'accepted' }
        case 'refused':
          return { state: 'refused', detail: said.detail }
        case 'nothing':
          return { state: 'unknown', detail: null }
      }
  }
}

function isWhole({ balance, amount }: Intent): boolean {
  return balance.minor === amount.minor
}

function toDetail(failure: ClientFailure): string {
  const words = 'message' in failure ? failure.message : null
  return words ?? failure.reason
}
