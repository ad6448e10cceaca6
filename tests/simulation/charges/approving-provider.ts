/** A request of the provider, as far as charges need it. */
export interface ProviderRequest {
  readonly pathname: string
  /** The text of its body. */
  readonly body: string
  readonly now: Date
}

/** What the provider was asked to charge: calls, and the orders that they named. */
export interface Charged {
  readonly calls: number
  readonly orders: number
}

/** The part of the provider that charges need: it approves each, and has no other payment. */
export interface ApprovingProvider {
  /** Returns the body of the response. */
  answer(request: ProviderRequest): unknown
  charged(): Charged
}

const chargePath = '/subscribe/payments/again'

export function createApprovingProvider(
  onCharge: (now: Date) => void = () => undefined,
): ApprovingProvider {
  const orders = new Set<string>()
  let calls = 0
  const envelope = (response: unknown) => ({ code: 0, message: null, response })
  return {
    charged: () => ({ calls, orders: orders.size }),
    answer({ pathname, body, now }) {
      const seconds = Math.floor(now.getTime() / 1_000)
      if (pathname === '/users/getToken') {
        return envelope({ access_token: 'token', now: seconds, expired_at: seconds + 1_800 })
      }
      if (pathname !== chargePath) return envelope({ total: 0, list: [], next: 0 })
      const { merchant_uid, amount }: { merchant_uid: string; amount: number } = JSON.parse(body)
      calls += 1
      orders.add(merchant_uid)
      onCharge(now)
      return envelope({
        imp_uid: `imp_${calls}`,
        merchant_uid,
        amount,
        cancel_amount: 0,
        currency: 'KRW',
        status: 'paid',
        paid_at: seconds,
        pay_method: 'card',
        pg_provider: 'nice_v2',
        sandbox: true,
      })
    },
  }
}
