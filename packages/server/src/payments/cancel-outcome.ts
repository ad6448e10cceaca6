import type { CallResult, ClientFailure } from '@quayside/client'
import { fail, type Order, type Result, type Synced, type SyncFailure } from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { JobDeps } from '../deps.ts'
import type { CancelIntent, CancelState } from '../domain/cancel.ts'
import type { CancelDetails } from './cancel-details.ts'
import { findCancelInRecord, type RecordedCancel } from './find-cancel.ts'
import { syncRecord } from './sync-record.ts'

/** The provider's response to a cancel: accepted, refused with a reason, or none that shows either. */
export type ProviderReply =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'inconclusive' }

/** What a payment's record shows, read after a cancel of it. */
export interface CancelReading {
  readonly recorded: RecordedCancel
  /** The order after the record was recorded. */
  readonly synced: Result<Synced, SyncFailure>
}

/**
 * Reads the provider's response. Its message is stored, so the buyer's account is removed from it.
 *
 * @param details What was sent with the cancel, which the message may repeat.
 */
export function toProviderReply(
  response: CallResult<unknown>,
  details: CancelDetails = {},
): ProviderReply {
  if (response.ok) return { kind: 'accepted' }
  const { failure } = response
  if (failure.reason === 'outcome_unknown') return { kind: 'inconclusive' }
  const detail = personalFields
    .flatMap((name) => details[name] ?? [])
    .reduce((text, value) => text.replaceAll(value, '…'), toDetailText(failure))
  return { kind: 'refused', detail }
}

const personalFields = ['refund_holder', 'refund_account', 'refund_tel'] as const

/**
 * Reads a payment after a cancel of it and stores the result of the cancel. Only the record confirms a cancel: it
 * outweighs any response of the provider.
 */
export async function resolveCancel(
  intent: CancelIntent,
  order: Order | null,
  reply: ProviderReply,
  deps: JobDeps,
): Promise<CancelReading & { readonly state: CancelState; readonly detail: string | null }> {
  const { merchantUid, impUid } = intent
  const { recorded, synced } = await readCancel(intent, order, deps)
  const { state, detail } = toCancelOutcome(recorded, reply, isFullCancel(intent))
  const settled = await deps.store.cancels.settle(intent, state, detail)
  // The intent stays open then, and a job resolves it.
  if (!settled.ok) deps.log('cancel_not_saved', { merchantUid, impUid, state })
  return { recorded, state, detail, synced }
}

/** Reads a payment, records it for its order, and looks for a cancel in it. */
export async function readCancel(
  intent: CancelIntent,
  order: Order | null,
  deps: JobDeps,
): Promise<CancelReading> {
  const { impUid, merchantUid } = intent
  const found = await createLookup(deps.client, deps.config.mode)(impUid)
  if (!found.ok) return { recorded: 'unreadable', synced: found }
  const synced =
    order === null
      ? fail({ reason: 'order_unknown', merchantUid } as const)
      : await syncRecord(order, impUid, found.value, deps)
  return { recorded: findCancelInRecord(found.value, intent), synced }
}

function toCancelOutcome(
  recorded: RecordedCancel,
  reply: ProviderReply,
  isFull: boolean,
): { readonly state: CancelState; readonly detail: string | null } {
  switch (recorded) {
    case 'applied':
      // Another cancel of the same amount looks like ours. A full cancel is what was requested either way.
      return reply.kind === 'refused' && !isFull
        ? { state: 'refused', detail: reply.detail }
        : { state: 'confirmed', detail: null }
    case 'superseded':
      return { state: 'refused', detail: 'another cancel took place first' }
    case 'absent':
    case 'unreadable':
      switch (reply.kind) {
        case 'accepted':
          return { state: 'requested', detail: 'accepted' }
        case 'refused':
          return { state: 'refused', detail: reply.detail }
        case 'inconclusive':
          return { state: 'unknown', detail: null }
      }
  }
}

function isFullCancel({ balance, amount }: CancelIntent): boolean {
  return balance.minor === amount.minor
}

function toDetailText(failure: ClientFailure): string {
  const message = 'message' in failure ? failure.message : null
  return message ?? failure.reason
}
