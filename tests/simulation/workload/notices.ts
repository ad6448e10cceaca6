import type { LookupNotice, MerchantUid } from '@quayside/core'
import type { Version } from '../checkers/history.ts'
import type { Chance } from '../engine/prng.ts'
import { accountLife, type Booked, nobodys, nowhere, type Story, toWireStatus } from './payments.ts'

/** A notice on its way; `sent` counts its sendings, and is endless for what no provider sends. */
export type Mail = LookupNotice & { readonly sent: number }

/** How far the clock may jump, in milliseconds: past a lease, past an account's due date. */
export const deadline: readonly number[] = [31_000, accountLife * 1000 + 1, 600_000]

/** How often one notice arrives. */
const copies = [1, 1, 0, 1, 2, 0] as const

/** The notices that a new state of a payment sends out, with those that a stranger makes of it. */
export function writeMail(
  payment: Booked,
  version: Version,
  story: Story,
  chance: Chance,
  isDeaf: boolean,
): readonly Mail[] {
  const isFirst = payment.reached === 1
  const status = toWireStatus(version.status)
  const mail: Mail[] = []
  const add = (channel: Mail['channel'], claimedStatus: string | null): void => {
    const count = copies[chance.below(copies.length)] ?? 1
    const notice = write(payment.impUid, payment.owner, channel, claimedStatus)
    if (!isDeaf) for (let copy = 0; copy < count; copy++) mail.push(notice)
  }
  if (isFirst) {
    add('callback', null)
    add('redirect', null)
  }
  // No webhook tells of a failure; a cancel made through the API may be silent.
  if (version.status !== 'failed' && version.status !== 'pending') add('webhook', status)
  if (chance.below(4) === 3)
    mail.push({ ...forge(payment, story, chance), sent: Number.POSITIVE_INFINITY })
  return mail
}

/** What somebody sends who wants goods for nothing, or harm. */
function forge(payment: Booked, story: Story, chance: Chance): Mail {
  const other = story.orders.find((each) => each.merchantUid !== payment.owner)?.merchantUid
  switch (chance.below(4)) {
    case 1:
      return write(nowhere, payment.owner, 'webhook', 'paid')
    case 2:
      return write(payment.impUid, nobodys, 'webhook', 'paid')
    case 3:
      return write(payment.impUid, payment.owner, 'webhook', 'cancelled')
    default:
      return write(payment.impUid, other ?? nobodys, 'callback', 'paid')
  }
}

/** A notice as it is read from what a channel brought. */
export function write(
  impUid: Mail['impUid'],
  merchantUid: MerchantUid,
  channel: Mail['channel'],
  claimedStatus: string | null,
): Mail {
  return {
    kind: 'payment',
    channel,
    impUid,
    merchantUid,
    claim: claimedStatus === 'paid' ? 'success' : 'unknown',
    claimedStatus,
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
    sent: 1,
  }
}
