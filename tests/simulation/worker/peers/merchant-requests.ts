import type { Prng } from '../../engine/prng.ts'
import { shopOrigin } from '../../workload/notice-http.ts'
import { merchantKey } from '../settings.ts'
import type { NewOrder } from './worker-workload.ts'

/** A request of the merchant's server to the worker. */
export interface MerchantRequest {
  readonly name: string
  /** Its operation, whatever the order. */
  readonly kind: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: unknown
  /** The order of which it requests a partial refund; null when it requests none. */
  readonly partialRefundOf: string | null
}

/** The request that creates an order. */
export function createOrderRequest({ merchantUid, amount, policy }: NewOrder): MerchantRequest {
  const body = {
    merchant_uid: merchantUid,
    amount: amount.minor / (amount.currency === 'USD' ? 100 : 1),
    currency: amount.currency,
    policy,
  }
  return {
    name: `create ${merchantUid}`,
    kind: 'create',
    method: 'POST',
    path: '/orders',
    body,
    partialRefundOf: null,
  }
}

const refund = { holder: '홍길동', bank: '88', account: '110-1' }

/** Chooses what the merchant's server does beside creating orders: it cancels, reads, replays and closes issues. */
export function createMerchantRequest(prng: Prng, orders: readonly NewOrder[]): MerchantRequest {
  const order = orders[prng.below(orders.length)]
  const id = order?.merchantUid ?? ''
  const scale = order?.amount.currency === 'USD' ? 100 : 1
  const whole = (order?.amount.minor ?? 0) / scale
  const build = (
    name: string,
    path: string,
    body?: unknown,
    partialRefundOf: string | null = null,
  ): MerchantRequest => ({
    name: `${name} ${id}`,
    kind: name,
    method: body === undefined ? 'GET' : 'POST',
    path,
    body,
    partialRefundOf,
  })
  const issueId = `${['duplicate_paid', 'late_paid', 'mismatch_paid'][prng.below(3)]}:imp_${1 + prng.below(2)}`
  switch (prng.below(11)) {
    case 1:
      return build('cancel part', `/orders/${id}/cancel`, { amount: 400 / scale, refund }, id)
    case 2: {
      const terms = { amount: 400 / scale, checksum: whole, refund }
      return build('cancel part', `/orders/${id}/cancel`, terms, id)
    }
    case 3:
      return build('read', `/orders/${id}`)
    case 4:
      return build('read cancels', `/orders/${id}/cancels`)
    case 5:
      return build('read events', `/events?state=${prng.below(2) === 1 ? 'delivered' : 'pending'}`)
    case 6:
      return build('read issues', '/reconciliation-issues?state=all')
    case 7:
      return build('replay', `/events/${id.replaceAll('.', '~')}:1/replay`, {})
    case 8:
      return build('approve', '/payments/confirm', {
        imp_uid: 'imp_1',
        merchant_uid: id,
        amount: whole,
      })
    case 9:
      return build('refund issue', `/reconciliation-issues/${issueId}/refund`, { refund })
    case 10:
      return build('close issue', `/reconciliation-issues/${issueId}/close`, {})
    default:
      return build('cancel', `/orders/${id}/cancel`, { reason: '변심', refund })
  }
}

/** The HTTP request, with the merchant's key. */
export function toHttpRequest({ method, path, body }: MerchantRequest): Request {
  const headers = { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' }
  const init =
    body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  return new Request(`${shopOrigin}${path}`, init)
}
