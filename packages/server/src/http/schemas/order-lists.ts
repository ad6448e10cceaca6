import * as z from 'zod/mini'
import { orderStatus } from '../../events/schemas.ts'
import { merchantUid } from './requests.ts'
import { orderResponse } from './responses.ts'

// Requests and responses of the lists of orders.

const instant = z.optional(z.iso.datetime({ offset: true }))

/** Of the three filters by creation, by payment and by id one may be used, each with a status. */
export const orderQuery = z.strictObject({
  status: z.optional(orderStatus),
  /** Created at or after this instant. */
  created_from: instant,
  /** Created before this instant. */
  created_to: instant,
  /** Paid at or after this instant. */
  paid_from: instant,
  /** Paid before this instant. */
  paid_to: instant,
  /** The beginning of the id, letter by letter as it is written. */
  merchant_uid_prefix: z.optional(merchantUid),
  /** The `next` of the page before. */
  after: z._default(z.string().check(z.maxLength(60)), ''),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
})

/** An order as it is read alone, without what is for its buyer's page. */
const listedOrder = z.omit(orderResponse, { order_token: true, naverProducts: true })

export type ListedOrder = z.infer<typeof listedOrder>

export const orderPage = z.strictObject({
  orders: z.array(listedOrder),
  /** The `after` of the next page; null on the last one. A page with fewer orders than `limit`, or none, may have one. */
  next: z.nullable(z.string()),
})
