/** How often each order was charged, in numbers: all calls, and the orders that they named. */
export interface Charged {
  readonly calls: number
  readonly orders: number
}

/** The part of the provider that charges need. It approves each after so many milliseconds, and has no other payment. */
export function createApprovingProvider(answerMs: number): {
  fetch(request: Request): Promise<Response>
  charged(): Charged
} {
  const orders = new Set<string>()
  let calls = 0
  const seconds = () => Math.floor(Date.now() / 1_000)
  const respond = (response: unknown) => Response.json({ code: 0, message: null, response })
  return {
    charged: () => ({ calls, orders: orders.size }),
    async fetch(request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/users/getToken') {
        return respond({ access_token: 'token', now: seconds(), expired_at: seconds() + 1_800 })
      }
      if (pathname !== '/subscribe/payments/again') return respond({ total: 0, list: [], next: 0 })
      const call = ++calls
      const { merchant_uid, amount } = (await request.json()) as {
        readonly merchant_uid: string
        readonly amount: number
      }
      orders.add(merchant_uid)
      if (answerMs > 0) await new Promise((resolve) => setTimeout(resolve, answerMs))
      return respond({
        imp_uid: `imp_${call}`,
        merchant_uid,
        amount,
        cancel_amount: 0,
        currency: 'KRW',
        status: 'paid',
        paid_at: seconds(),
        pay_method: 'card',
        pg_provider: 'nice_v2',
        sandbox: true,
      })
    },
  }
}
