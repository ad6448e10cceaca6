import {
  type ConfirmRequest,
  isSameMoney,
  type Order,
  parseConfirm,
  parseMoney,
} from '@quayside/core'
import type { Context } from 'hono'
import type { CompletionDeps } from './deps.ts'
import type { ConfirmAttempt } from './lookup/confirm-guard.ts'
import { respondJson } from './middleware/response-headers.ts'
import type { ConfirmRefusal } from './report.ts'
import { toRefusalStatus } from './response.ts'
import { readFields } from './sync-notice.ts'

/**
 * The shop's own check before a payment is approved: null approves it, a text refuses it. The provider shows the text to
 * the buyer; without `isProvider`, which tells that a request can be the provider's, it gets a neutral text.
 */
export type ConfirmHook = (order: Order, request: ConfirmRequest) => Promise<string | null>

interface Rejection {
  readonly reason: ConfirmRefusal
  /** Becomes the payment's `fail_reason`, which the buyer reads. */
  readonly message: string
}

/** The provider waits 10 seconds for a response and then refuses the payment. */
const hookLimitMs = 8_000

const rejectionMessages: Readonly<Record<Exclude<ConfirmRefusal, 'stopped_by_shop'>, string>> = {
  order_unknown: '주문을 찾을 수 없습니다 (unknown order)',
  store_unavailable: '주문을 확인할 수 없습니다 (order cannot be checked now)',
  order_closed: '결제할 수 없는 주문입니다 (order is not open)',
  amount_mismatch: '주문 금액과 다릅니다 (amount differs from the order)',
  shop_too_slow: '상점이 응답하지 않습니다 (shop did not answer in time)',
  confirm_limited: '확인 요청이 너무 많습니다 (too many requests)',
}
/** For every reason the same, because the route is public: it must not say which orders exist, nor their amounts. */
const publicMessage = '결제를 승인할 수 없습니다 (payment cannot be approved)'

/**
 * Handles `POST /payments/confirm`, the request before the approval of a payment. It responds from the order, or from the
 * subject of a window that is about none, without a lookup: 200 approves, any other status refuses. A payment that cannot be checked is refused.
 */
export function confirm(deps: CompletionDeps, hook: ConfirmHook | undefined) {
  return async (c: Context): Promise<Response> => {
    const fields = await readFields(c.req.raw, 'provider')
    const read = fields.ok ? parseConfirm(fields.value) : fields
    if (!read.ok) {
      const { failure } = read
      deps.report({ kind: 'refused_request', route: 'confirm', failure })
      return respondJson(c, { status: 'invalid', error: failure.reason }, toRefusalStatus(failure))
    }
    const request = read.value
    const rejection = await checkWithGuard({ confirm: request, request: c.req.raw }, deps, hook)
    if (rejection === null) {
      deps.report({ kind: 'confirm_approved', route: 'confirm', request })
      return respondJson(c, { status: 'approved' })
    }
    const { reason, message } = rejection
    deps.report({ kind: 'confirm_refused', route: 'confirm', request, reason })
    if (!deps.isProvider(c.req.raw)) return respondJson(c, { reason: publicMessage }, 409)
    return respondJson(c, { reason: message }, reason === 'store_unavailable' ? 503 : 409)
  }
}

async function checkWithGuard(
  attempt: ConfirmAttempt,
  deps: CompletionDeps,
  hook: ConfirmHook | undefined,
): Promise<Rejection | null> {
  return deps.confirmGuard(attempt)
    ? check(attempt.confirm, deps, hook)
    : rejectionFor('confirm_limited')
}

async function check(
  request: ConfirmRequest,
  { store, subjects }: CompletionDeps,
  hook: ConfirmHook | undefined,
): Promise<Rejection | null> {
  const subject = subjects.find(({ owns }) => owns(request.merchantUid))
  const confirmed = (await subject?.confirm?.(request)) ?? 'unknown'
  if (confirmed === 'approved') return null
  if (confirmed !== 'unknown') return rejectionFor(confirmed)
  const found = await store.find(request.merchantUid)
  if (!found.ok) return rejectionFor(found.failure.reason)
  const order = found.value
  if (!isOpen(order)) return rejectionFor('order_closed')
  if (request.amount !== null) {
    const amount = parseMoney(request.amount, order.amount.currency)
    if (!amount.ok || !isSameMoney(amount.value, order.amount))
      return rejectionFor('amount_mismatch')
  }
  return hook === undefined ? null : runHook(hook, order, request)
}

async function runHook(
  hook: ConfirmHook,
  order: Order,
  request: ConfirmRequest,
): Promise<Rejection | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Rejection>((resolve) => {
    timer = setTimeout(() => resolve(rejectionFor('shop_too_slow')), hookLimitMs)
  })
  try {
    return await Promise.race([
      late,
      hook(order, request).then((message) =>
        message === null ? null : { reason: 'stopped_by_shop' as const, message },
      ),
    ])
  } finally {
    clearTimeout(timer)
  }
}

function rejectionFor(reason: keyof typeof rejectionMessages): Rejection {
  return { reason, message: rejectionMessages[reason] }
}

/** Whether this order still accepts a payment. */
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
