import { Hono } from 'hono'
import type { Deps } from '../../deps.ts'
import type { StoredOrder } from '../../domain/stored-order.ts'
import { presentOrder } from '../../events/payload.ts'
import { presentHistoryEntry, readHistoryPosition, writeHistoryPosition } from '../history-entry.ts'
import { readOrderQuery, toNextOrder } from '../order-query.ts'
import { problemResponse } from '../problem-response.ts'
import { historyQuery, orderQuery } from '../schemas/requests/order-lists.ts'
import type { ListedOrder } from '../schemas/responses/order-lists.ts'
import { presentChannel, presentShares } from '../serialize.ts'
import { readMerchantUid, readQuery } from '../validate.ts'

/** The routes that list orders and what happened to each. Whoever mounts it has checked the key. */
export function orderListRoutes({ config, store }: Deps): Hono {
  const app = new Hono()
  const present = ({ order, createdAt, updatedAt, shares }: StoredOrder): ListedOrder => ({
    ...presentOrder(order),
    ...presentShares(shares),
    expected_channel: presentChannel(order),
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    mode: config.mode,
  })

  app.get('/orders', async (c) => {
    const query = readQuery(c, orderQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const requested = readOrderQuery(query.value)
    if (!requested.ok) return problemResponse(c, requested.failure)
    const { selection, after, limit } = requested.value
    const listed = await store.orderQueries.list(selection, after, limit)
    if (!listed.ok) return problemResponse(c, listed.failure)
    const { orders, next } = listed.value
    return c.json({ orders: orders.map(present), next: toNextOrder(next, selection.by) })
  })

  app.get('/orders/:merchant_uid/history', async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const query = readQuery(c, historyQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { after, limit } = query.value
    const position = readHistoryPosition(after)
    if (after !== '' && position === null) {
      return problemResponse(c, { reason: 'request_invalid', field: 'after' })
    }
    const found = await store.orders.find(merchantUid.value)
    if (!found.ok) return problemResponse(c, found.failure)
    const read = await store.orderHistories.read(found.value, position, limit)
    if (!read.ok) return problemResponse(c, read.failure)
    const { entries, next } = read.value
    return c.json({
      entries: entries.map((entry) => presentHistoryEntry(entry, config.publicUrl ?? '')),
      next: next && writeHistoryPosition(next),
    })
  })
  return app
}
