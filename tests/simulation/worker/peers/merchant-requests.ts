import type { Prng } from '../../engine/prng.ts'
import { shopOrigin } from '../../workload/notice-http.ts'
import { accountLifetimeSeconds } from '../../workload/payments.ts'
import { merchantKey } from '../settings.ts'
import type { NewOrder } from './worker-workload.ts'

/** What the merchant's server asks of the worker. */
export interface MerchantRequest {
  readonly name: string
  /** What it is about, whatever the order. */
  readonly kind: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: unknown
  /** Whose part of the money it asks back; null when it asks for none. */
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

/** Makes up what the merchant's server does beside creating orders: it cancels, looks, and puts right. */
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
      return build('read exceptions', '/reconciliation-issues?state=all')
    case 7:
      return build('replay', `/events/${id.replaceAll('.', '~')}:1/replay`, {})
    case 8:
      return build('approve', '/payments/confirm', {
        imp_uid: 'imp_1',
        merchant_uid: id,
        amount: whole,
      })
    case 9:
      return build('give back', `/reconciliation-issues/${issueId}/refund`, { refund })
    case 10:
      return build('close', `/reconciliation-issues/${issueId}/close`, {})
    default:
      return build('cancel', `/orders/${id}/cancel`, { reason: '변심', refund })
  }
}

/** An errand as a request with the merchant's key. */
export function toHttpRequest({ method, path, body }: MerchantRequest): Request {
  const headers = { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' }
  const init =
    body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  return new Request(`${shopOrigin}${path}`, init)
}

/** How far the clock may jump, in milliseconds: past a lease, past an account's date, past a breaker's pause. */
export const clockJumps: readonly number[] = [31_000, accountLifetimeSeconds * 1000 + 1, 600_000]
