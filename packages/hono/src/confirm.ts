import {
  type ConfirmRequest,
  isSameMoney,
  type Order,
  parseConfirm,
  parseMoney,
} from '@quayside/core'
import type { Context } from 'hono'
import type { Rooms } from './deps.ts'
import type { ConfirmRefusal } from './report.ts'
import { toRefusalStatus } from './response.ts'
import { readFields } from './sync-notice.ts'

/** The shop's own say before a payment is approved: null lets it pass, a text stops it. */
export type ConfirmHook = (order: Order, request: ConfirmRequest) => Promise<string | null>

interface Stop {
  readonly why: ConfirmRefusal
  /** Goes into the payment's `fail_reason`, which the buyer reads. */
  readonly reason: string
}

/** The provider waits 10 seconds and takes silence for a no. */
const hookLimitMs = 8_000

const reasons: Readonly<Record<Exclude<ConfirmRefusal, 'stopped_by_shop'>, string>> = {
  order_unknown: '주문을 찾을 수 없습니다 (unknown order)',
  store_unavailable: '주문을 확인할 수 없습니다 (order cannot be checked now)',
  order_closed: '결제할 수 없는 주문입니다 (order is not open)',
  amount_mismatch: '주문 금액과 다릅니다 (amount differs from the order)',
  shop_too_slow: '상점이 응답하지 않습니다 (shop did not answer in time)',
}

/**
 * `POST /payments/confirm`: may this payment be approved? Answered from the order alone, without a lookup:
 * 200 approves, anything else stops the payment. What cannot be checked is stopped.
 */
export function confirm(rooms: Rooms, hook: ConfirmHook | undefined) {
  return async (c: Context): Promise<Response> => {
    const fields = await readFields(c.req.raw, { mislabelledForm: false })
    const request = fields.ok ? parseConfirm(fields.value) : fields
    if (!request.ok) {
      const { failure } = request
      rooms.report({ kind: 'refused_request', door: 'confirm', failure })
      return c.json({ status: 'invalid', error: failure.reason }, toRefusalStatus(failure))
    }
    const stop = await check(request.value, rooms, hook)
    if (stop === null) return c.json({ status: 'approved' })
    rooms.report({
      kind: 'confirm_refused',
      door: 'confirm',
      request: request.value,
      why: stop.why,
    })
    return c.json({ reason: stop.reason }, stop.why === 'store_unavailable' ? 503 : 409)
  }
}

async function check(
  request: ConfirmRequest,
  { store }: Rooms,
  hook: ConfirmHook | undefined,
): Promise<Stop | null> {
  const found = await store.find(request.merchantUid)
  if (!found.ok) return stopFor(found.failure.reason)
  const order = found.value
  if (!isOpen(order)) return stopFor('order_closed')
  if (request.amount !== null) {
    const amount = parseMoney(request.amount, order.amount.currency)
    if (!amount.ok || !isSameMoney(amount.value, order.amount)) return stopFor('amount_mismatch')
  }
  return hook === undefined ? null : ask(hook, order, request)
}

async function ask(hook: ConfirmHook, order: Order, request: ConfirmRequest): Promise<Stop | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Stop>((resolve) => {
    timer = setTimeout(() => resolve(stopFor('shop_too_slow')), hookLimitMs)
  })
  try {
    return await Promise.race([
      late,
      hook(order, request).then((reason) =>
        reason === null ? null : { why: 'stopped_by_shop' as const, reason },
      ),
    ])
  } finally {
    clearTimeout(timer)
  }
}

function stopFor(why: keyof typeof reasons): Stop {
  return { why, reason: reasons[why] }
}

/** Whether money may still come for this order. */
function isOpen({ status }: Order): boolean {
  switch (status) {
    case 'pending':
    case 'vbank_issued':
    case 'failed':
      return true
    case 'paid':
    case 'partially_cancelled':
    case 'cancelled':
    case 'expired':
      return false
  }
}
