import { type Answer, vbanks } from '@quayside/client'
import { type ImpUid, parsePayment } from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { RepairRooms } from '../deps.ts'
import type { CancelState } from '../domain/cancel.ts'
import { toSaid } from './cancel-outcome.ts'

/** How an account stands: money may come, nobody can pay any more, money came, or its record does not tell. */
type Standing = 'waits' | 'over' | 'paid' | 'unreadable'

interface Ending {
  readonly state: CancelState
  readonly detail: string | null
}

/**
 * Takes one account back. Only the record confirms it, and the provider is asked only while the record shows
 * an account that waits: whatever became of the try before, asking again moves no money.
 */
export async function revoke(impUid: ImpUid, rooms: RepairRooms): Promise<CancelState> {
  const before = await readStanding(impUid, rooms)
  const ending = toEnding(before) ?? (await ask(impUid, rooms))
  const noted = await rooms.store.revocations.settle(impUid, ending.state, ending.detail)
  // Where it was not noted, it is due again when its lease ends.
  rooms.log('account_revoked', { impUid, ...ending, noted: noted.ok })
  return ending.state
}

async function ask(impUid: ImpUid, rooms: RepairRooms): Promise<Ending> {
  const answer = await rooms.client.call(vbanks.remove, { imp_uid: impUid })
  return toEnding(await readStanding(impUid, rooms)) ?? toAnswered(answer)
}

/** What the record proves; null while money may still come. */
function toEnding(standing: Standing): Ending | null {
  switch (standing) {
    case 'waits':
      return null
    case 'over':
      return { state: 'confirmed', detail: null }
    case 'paid':
      return { state: 'refused', detail: 'it was paid into' }
    case 'unreadable':
      return { state: 'unknown', detail: null }
  }
}

/** Nothing but the provider's own no is final: anything else may have been an accident of the way. */
function toAnswered(answer: Answer<unknown>): Ending {
  const said = toSaid(answer)
  switch (said.kind) {
    case 'accepted':
      return { state: 'requested', detail: 'accepted' }
    case 'refused':
      return !answer.ok && answer.failure.reason === 'refused'
        ? { state: 'refused', detail: said.detail }
        : { state: 'unknown', detail: null }
    case 'nothing':
      return { state: 'unknown', detail: null }
  }
}

async function readStanding(impUid: ImpUid, rooms: RepairRooms): Promise<Standing> {
  const found = await createLookup(rooms.client, rooms.config.mode)(impUid)
  const payment = found.ok ? parsePayment(found.value) : found
  if (!payment.ok || payment.value.impUid !== impUid) return 'unreadable'
  switch (payment.value.status) {
    case 'vbank_issued':
      return 'waits'
    case 'paid':
    case 'partially_cancelled':
      return 'paid'
    case 'failed':
    case 'cancelled':
      return 'over'
    case 'pending':
      return 'unreadable'
  }
}
