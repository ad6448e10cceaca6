import { fail, type Order, ok, parseBody, type Result } from '@quayside/core'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod/mini'
import { answerProblem } from './answer.ts'
import type { OrderAnswer } from './answers.ts'
import { cancelOrder } from './cancel.ts'
import { createOrder, readId } from './create.ts'
import { presentCancel } from './exceptions.ts'
import { onlyWithKey } from './key.ts'
import { presentOrder } from './present.ts'
import type { Problem } from './problem.ts'
import { toOrderToken } from './proof.ts'
import { cancelRequest, orderRequest } from './requests.ts'
import type { Rooms } from './rooms.ts'
import type { StoredOrder } from './store/row.ts'

const maxBytes = 16 * 1024

/** The part of the app that the merchant's own server calls: creates, reads and cancels orders. */
export function orders(rooms: Rooms): Hono {
  const { store, books, config } = rooms
  const app = new Hono()
  app.use('/orders/*', onlyWithKey(config.merchantApiKey))
  app.use(
    '/orders/*',
    bodyLimit({
      maxSize: maxBytes,
      onError: (c) => answerProblem(c, { reason: 'body_too_large' }),
    }),
  )

  app.post('/orders', async (c) => {
    const request = await readRequest(c, orderRequest)
    if (!request.ok) return answerProblem(c, request.failure)
    const created = await createOrder(request.value, rooms)
    if (!created.ok) return answerProblem(c, created.failure)
    return c.json(await present(created.value, rooms), created.value.isNew ? 201 : 200)
  })

  app.get('/orders/:merchant_uid', async (c) => {
    const merchantUid = readId(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return answerProblem(c, merchantUid.failure)
    const stored = await store.read(merchantUid.value)
    if (!stored.ok) return answerProblem(c, stored.failure)
    return c.json(await present(stored.value, rooms))
  })

  app.get('/orders/:merchant_uid/cancels', async (c) => {
    const merchantUid = readId(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return answerProblem(c, merchantUid.failure)
    const found = await store.find(merchantUid.value)
    if (!found.ok) return answerProblem(c, found.failure)
    const cancels = await books.cancels.ofOrder(merchantUid.value)
    if (!cancels.ok) return answerProblem(c, cancels.failure)
    return c.json({ cancels: cancels.value.map(presentCancel) })
  })

  app.post('/orders/:merchant_uid/cancel', async (c) => {
    const merchantUid = readId(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return answerProblem(c, merchantUid.failure)
    const request = await readRequest(c, cancelRequest)
    if (!request.ok) return answerProblem(c, request.failure)
    const cancelled = await cancelOrder(merchantUid.value, request.value, rooms)
    if (!cancelled.ok) return answerProblem(c, cancelled.failure)
    return answerStored(c, cancelled.value, rooms)
  })
  return app
}

async function answerStored(c: Context, order: Order, rooms: Rooms): Promise<Response> {
  const stored = await rooms.store.read(order.merchantUid)
  if (!stored.ok) return answerProblem(c, stored.failure)
  return c.json(await present(stored.value, rooms))
}

async function present(stored: StoredOrder, { config }: Rooms): Promise<OrderAnswer> {
  const { merchantUid } = stored.order
  return {
    ...presentOrder(stored.order),
    order_token: await toOrderToken(merchantUid, config.orderTokenSecret),
    created_at: stored.createdAt.toISOString(),
    updated_at: stored.updatedAt.toISOString(),
    mode: config.mode,
  }
}

async function readRequest<Schema extends z.ZodMiniType>(
  c: Context,
  schema: Schema,
): Promise<Result<z.output<Schema>, Problem>> {
  const contentType = c.req.header('Content-Type') ?? null
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    return fail({ reason: 'media_type_unsupported' })
  }
  const text = decode(await c.req.arrayBuffer())
  const body = text === null ? null : parseBody(contentType, text)
  if (body === null || !body.ok) return fail({ reason: 'body_malformed' })
  const read = schema.safeParse(body.value)
  if (read.success) return ok(read.data)
  return fail({ reason: 'request_invalid', field: nameField(read.error.issues) })
}

function nameField(issues: readonly z.core.$ZodIssue[]): string {
  const [issue] = issues
  if (issue === undefined) return ''
  const names = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : issue.path
  return JSON.stringify(names.map(String).join('.').slice(0, 60)).slice(1, -1)
}

function decode(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
