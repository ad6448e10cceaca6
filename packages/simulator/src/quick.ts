// KCP QuickPay: members who pay with a PIN, prepaid money registered beforehand, auto-pay keys.
import type { Channel } from './desk.ts'
import type { Payment } from './ledger.ts'
import type { World } from './world.ts'

/** A member as the simulated world stores it; times are UNIX seconds. */
export interface QuickMember {
  readonly memberId: string
  readonly channel: Channel
  readonly hasFido: boolean
  readonly insertedAt: number
  readonly updatedAt: number
}

/** A prepaid-money transaction announced to KCP. */
export interface QuickPrepared {
  readonly merchantUid: string
  /** Null when no prepaid money is to be used. */
  readonly prepaidAmount: number | null
}

/** What a window may be opened for that takes no money. */
const deeds: readonly string[] = ['Register', 'PinCheck']

/** Records the member of a QuickPay window; true when the window was for no payment. */
export function isQuickDeed(world: World, { channel, quick }: Payment): boolean {
  if (channel.pg_provider !== 'kcp_quick' || quick === null) return false
  keepMember(world, channel, quick.memberId)
  return deeds.includes(quick.action)
}

/** Writes a member down, new or known. */
export function keepMember(
  { ledger, clock }: World,
  channel: Channel,
  memberId: string,
): QuickMember {
  const at = clock.seconds()
  const held = ledger.quickMembers.get(memberId)
  const member = {
    memberId,
    channel,
    hasFido: true,
    insertedAt: held?.insertedAt ?? at,
    updatedAt: at,
  }
  ledger.quickMembers.set(memberId, member)
  return member
}
