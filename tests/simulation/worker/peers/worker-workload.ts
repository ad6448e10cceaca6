import {
  type ExpectedOrder,
  type MerchantUid,
  type Policy,
  parseImpUid,
  parseMerchantUid,
} from '@quayside/core'
import type { TrueOrder } from '../../checkers/history.ts'
import type { Chance } from '../../engine/prng.ts'
import { type Booked, type Story, take, tellStory } from '../../workload/payments.ts'

/** An order as the merchant's server creates it. */
export type Wanted = ExpectedOrder & { readonly policy: Policy }

/** A story whose orders the worker's own door would create, and whose policies it would carry out. */
export interface WorkerStory extends Story {
  readonly orders: readonly Wanted[]
  readonly wanted: readonly TrueOrder[]
  readonly payments: readonly Booked[]
}

const lates = ['deliver', 'report', 'refund'] as const
const strays = ['report', 'refund'] as const

/** Makes up a story; `suffix` keeps the ids of stories apart that share a database. */
export function tellWorkerStory(chance: Chance, suffix = ''): WorkerStory {
  const story = tellStory(chance, [1, 1, 1, 2])
  // The door creates no order whose id has two spellings. The full stop is there for the ids of events.
  const named = new Map(
    story.orders.map(({ merchantUid }, at) => [merchantUid, name(`ORD.${at + 1}${suffix}`)]),
  )
  const nameOf = (id: MerchantUid): MerchantUid => named.get(id) ?? name(`ORD.0${suffix}`)
  const impUidOf = (id: string): string => `${id}${suffix}`
  return {
    orders: story.orders.map((order) => ({
      ...order,
      merchantUid: nameOf(order.merchantUid),
      policy: {
        late: lates[chance.below(lates.length)] ?? 'report',
        stray: strays[chance.below(strays.length)] ?? 'report',
      },
    })),
    wanted: story.wanted.map((order, at) => ({
      ...order,
      merchant_uid: `ORD.${at + 1}${suffix}`,
    })),
    payments: story.payments.map((payment) => {
      const owner = nameOf(payment.owner)
      const imp_uid = impUidOf(payment.imp_uid)
      return { ...payment, imp_uid, impUid: take(parseImpUid(imp_uid)), owner, merchant_uid: owner }
    }),
  }
}

function name(text: string): MerchantUid {
  return take(parseMerchantUid(text))
}
