import type { RepairRooms } from '../deps.ts'
import type { LogFields } from '../log.ts'
import { revoke } from '../payments/revoke-account.ts'
import { isolate } from './isolate-errors.ts'

export const mostAtOnce = 50

/** Takes back the accounts whose orders were closed or expired, where nobody did it at once. */
export async function revokeAccounts(rooms: RepairRooms): Promise<LogFields> {
  const claimed = await rooms.store.revocations.claim(mostAtOnce)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let settled = 0
  for (const impUid of claimed.value) {
    const state = await isolate(impUid, rooms.log, () => revoke(impUid, rooms))
    if (state === 'confirmed' || state === 'refused') settled += 1
  }
  return { claimed: claimed.value.length, settled }
}
