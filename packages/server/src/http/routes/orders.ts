import type { Order } from '@quayside/core'
import { type Context, Hono } from 'hono'
import type { Deps } from '../../deps.ts'
import type { StoredOrder } from '../../domain/stored-order.ts'
import { presentOrder } from '../../events/payload.ts'
import { cancelOrder } from '../../orders/cancel-order.ts'
import { createOrder } from '../../orders/create-order.ts'
import { toOrderToken } from '../../orders/order-token.ts'
import { requireApiKey } from '../api-key.ts'
import { checkOrderRequest } from '../order-request.ts'
import { problemResponse } from '../problem-response.ts'
import { cancelRequest, orderRequest } from '../schemas/requests/orders.ts'
import type { OrderResponse } from '../schemas/responses/orders.ts'
import { presentCancel, presentChannel, presentRevocation, presentShares } from '../serialize.ts'
import { limitBody, limitOrderBody, readMerchantUid, readRequest } from '../validate.ts'
import { cashReceiptRoutes } from './cash-receipts.ts'
import { escrowDeliveryRoutes } from './escrow-deliveries.ts'
import { orderListRoutes } from './order-lists.ts'

/** The routes that create, list, read and cancel orders. */
export function orderRoutes(deps: Deps): Hono {
  const { store, config } = deps
  const app = new Hono()
  app.use('/orders/*', requireApiKey(config.merchantApiKeys))
  app.use('/orders', limitOrderBody)
  app.use('/orders/:merchant_uid/*', limitBody)
  app.route('/', orderListRoutes(deps))
  app.route('/', cashReceiptRoutes(deps))
  app.route('/', escrowDeliveryRoutes(deps))

  app.post('/orders', async (c) => {
    const body = await readRequest(c, orderRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const requested = checkOrderRequest(body.value)
    if (!requested.ok) return problemResponse(c, requested.failure)
    const created = await createOrder(requested.value, deps)
    if (!created.ok) return problemResponse(c, created.failure)
    return c.json(await toOrderResponse(created.value, deps), created.value.isNew ? 201 : 200)
  })

  app.get('/orders/:merchant_uid', async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const stored = await store.orders.read(merchantUid.value)
    if (!stored.ok) return problemResponse(c, stored.failure)
    return c.json(await toOrderResponse(stored.value, deps))
  })

  app.get('/orders/:merchant_uid/cancels', async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const found = await store.orders.find(merchantUid.value)
    if (!found.ok) return problemResponse(c, found.failure)
    const cancels = await store.cancels.ofOrder(merchantUid.value)
    if (!cancels.ok) return problemResponse(c, cancels.failure)
    const revocations = await store.revocations.ofOrder(merchantUid.value)
    if (!revocations.ok) return problemResponse(c, revocations.failure)
    return c.json({
      cancels: cancels.value.map(presentCancel),
      revocations: revocations.value.map(presentRevocation),
    })
  })

  app.post('/orders/:merchant_uid/cancel', async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const request = await readRequest(c, cancelRequest)
    if (!request.ok) return problemResponse(c, request.failure)
    const cancelled = await cancelOrder(merchantUid.value, request.value, deps)
    if (!cancelled.ok) return problemResponse(c, cancelled.failure)
    return storedOrderResponse(c, cancelled.value, deps)
  })
  return app
}

async function storedOrderResponse(c: Context, order: Order, deps: Deps): Promise<Response> {
  const stored = await deps.store.orders.read(order.merchantUid)
  if (!stored.ok) return problemResponse(c, stored.failure)
  return c.json(await toOrderResponse(stored.value, deps))
}

async function toOrderResponse(stored: StoredOrder, { config, now }: Deps): Promise<OrderResponse> {
  const { merchantUid } = stored.order
  return {
    ...presentOrder(stored.order),
    order_token: await toOrderToken(merchantUid, config, now()),
    ...presentShares(stored.shares),
    expected_channel: presentChannel(stored.order),
    naverProducts: stored.naverProducts,
    created_at: stored.createdAt.toISOString(),
    updated_at: stored.updatedAt.toISOString(),
    mode: config.mode,
  }
}
