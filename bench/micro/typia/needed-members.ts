import { createIs, type tags } from 'typia'

/** The members that a payment cannot do without. The others may be anything: what is malformed counts as absent. */
export interface NeededMembers {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number & tags.Minimum<0>
  readonly cancel_amount: number & tags.Minimum<0>
  readonly currency: string
  readonly status: string
}

/** Whether a record has them. typia writes a function in the place of this call. */
export const hasNeededMembers: (value: unknown) => value is NeededMembers =
  createIs<NeededMembers>()
