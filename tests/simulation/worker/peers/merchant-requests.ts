import type { Chance } from '../../engine/prng.ts'
import { shop } from '../../workload/notice-http.ts'
import { accountLife } from '../../workload/payments.ts'
import { merchantKey } from '../settings.ts'
import type { Wanted } from './worker-workload.ts'

/** What the merchant's server asks of the worker. */
export interface Errand {
  readonly name: string
  /** What it is about, whatever the order. */
  readonly kind: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: unknown
  /** Whose part of the money it asks back; null when it asks for none. */
  readonly partOf: string | null
}

/** The request that creates an order. */
export function toCreation({ merchantUid, amount, policy }: Wanted): Errand {
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
    partOf: null,
  }
}

const refund = { holder: '홍길동', bank: '88', account: '110-1' }

/** Makes up what the merchant's server does beside creating orders: it cancels, looks, and puts right. */
export function makeErrand(chance: Chance, orders: readonly Wanted[]): Errand {
  const order = orders[chance.below(orders.length)]
  const id = order?.merchantUid ?? ''
  const scale = order?.amount.currency === 'USD' ? 100 : 1
  const whole = (order?.amount.minor ?? 0) / scale
  const ask = (
    name: string,
    path: string,
    body?: unknown,
    partOf: string | null = null,
  ): Errand => ({
    name: `${name} ${id}`,
    kind: name,
    method: body === undefined ? 'GET' : 'POST',
    path,
    body,
    partOf,
  })
  const stray = `${['duplicate_paid', 'late_paid', 'mismatch_paid'][chance.below(3)]}:imp_${1 + chance.below(2)}`
  switch (chance.below(11)) {
    case 1:
      return ask('cancel part', `/orders/${id}/cancel`, { amount: 400 / scale, refund }, id)
    case 2: {
      const terms = { amount: 400 / scale, checksum: whole, refund }
      return ask('cancel part', `/orders/${id}/cancel`, terms, id)
    }
    case 3:
      return ask('read', `/orders/${id}`)
    case 4:
      return ask('read cancels', `/orders/${id}/cancels`)
    case 5:
      return ask('read events', `/events?state=${chance.below(2) === 1 ? 'delivered' : 'pending'}`)
    case 6:
      return ask('read exceptions', '/exceptions?state=all')
    case 7:
      return ask('replay', `/events/${id.replaceAll('.', '~')}:1/replay`, {})
    case 8:
      return ask('approve', '/payments/confirm', {
        imp_uid: 'imp_1',
        merchant_uid: id,
        amount: whole,
      })
    case 9:
      return ask('give back', `/exceptions/${stray}/refund`, { refund })
    case 10:
      return ask('close', `/exceptions/${stray}/close`, {})
    default:
      return ask('cancel', `/orders/${id}/cancel`, { reason: '변심', refund })
  }
}

/** An errand as a request with the merchant's key. */
export function toErrandRequest({ method, path, body }: Errand): Request {
  const headers = { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' }
  const init =
    body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  return new Request(`${shop}${path}`, init)
}

/** How far the clock may jump, in milliseconds: past a lease, past an account's date, past a breaker's pause. */
export const jumps: readonly number[] = [31_000, accountLife * 1000 + 1, 600_000]
