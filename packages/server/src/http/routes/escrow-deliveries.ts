import type { escrow } from '@quayside/client'
import type { MerchantUid } from '@quayside/core'
import { Hono } from 'hono'
import type * as z from 'zod/mini'
import type { Deps } from '../../deps.ts'
import {
  changeEscrowDelivery,
  type EscrowDeliveryRequest,
  readEscrowDelivery,
  registerEscrowDelivery,
} from '../../orders/escrow-delivery.ts'
import { problemResponse } from '../problem-response.ts'
import {
  escrowDeliveryChange,
  escrowDeliveryRequest,
} from '../schemas/requests/escrow-deliveries.ts'
import type { EscrowDeliveryResponse } from '../schemas/responses/escrow-deliveries.ts'
import { readMerchantUid, readRequest } from '../validate.ts'

const path = '/orders/:merchant_uid/escrow-delivery'

/** The routes of the delivery of an order in escrow. Whoever mounts them has checked the key. */
export function escrowDeliveryRoutes(deps: Deps): Hono {
  const app = new Hono()

  app.get(path, async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const found = await readEscrowDelivery(merchantUid.value, deps)
    if (!found.ok) return problemResponse(c, found.failure)
    return c.json(present(merchantUid.value, found.value))
  })

  app.post(path, async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const read = await readRequest(c, escrowDeliveryRequest)
    if (!read.ok) return problemResponse(c, read.failure)
    const request = toDelivery(read.value)
    const registered = await registerEscrowDelivery(merchantUid.value, request, deps)
    if (!registered.ok) return problemResponse(c, registered.failure)
    const { delivery, isNew } = registered.value
    return c.json(present(merchantUid.value, delivery), isNew ? 201 : 200)
  })

  app.put(path, async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const read = await readRequest(c, escrowDeliveryChange)
    if (!read.ok) return problemResponse(c, read.failure)
    const changed = await changeEscrowDelivery(merchantUid.value, toDelivery(read.value), deps)
    if (!changed.ok) return problemResponse(c, changed.failure)
    return c.json(present(merchantUid.value, changed.value))
  })
  return app
}

/** The provider counts seconds. */
function toDelivery({
  logis,
  ...rest
}: z.output<ReturnType<typeof escrowDeliveryRequest>>): EscrowDeliveryRequest {
  const sent_at = Math.floor(new Date(logis.sent_at).getTime() / 1_000)
  return { ...rest, logis: { ...logis, sent_at } }
}

function present(
  merchantUid: MerchantUid,
  { company, invoice, sent_at, applied_at }: escrow.Delivery,
): EscrowDeliveryResponse {
  const toInstant = (seconds: number) => new Date(seconds * 1_000).toISOString()
  return {
    merchant_uid: merchantUid,
    company,
    invoice,
    sent_at: toInstant(sent_at),
    registered_at: toInstant(applied_at),
  }
}
