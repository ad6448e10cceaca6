import * as z from 'zod/mini'
import { orderResponse } from './orders.ts'

/** An order as it is read alone, without what is for its buyer's page. */
const listedOrder = z.omit(orderResponse, { order_token: true, naverProducts: true })

export type ListedOrder = z.infer<typeof listedOrder>

export const orderPage = z.strictObject({
  orders: z.array(listedOrder),
  /** The `after` of the next page; null on the last one. A page with fewer orders than `limit`, or none, may have one. */
  next: z.nullable(z.string()),
})
