import { env } from 'cloudflare:workers'
import { createClient } from '@quayside/client'
import { describe, expect, it } from 'vitest'
import { pollOpenOrders } from '../../../../packages/server/src/jobs/orders/poll-open-orders.ts'
import { immediateSleep } from '../../../../packages/server/test/timers.ts'
import { createRecoveryFixture, minuteMs, start } from '../fixtures/recovery.ts'

const orders = 100_000

// Every thousandth is paid; of the rest, every other has a payment window that was opened and left.
function recordOf(merchant_uid: string): Record<string, unknown> | null {
  const number = Number(merchant_uid.slice(4))
  if (number % 1_000 !== 0 && number % 2 === 0) return null
  return {
    imp_uid: `imp_${number}`,
    merchant_uid,
    status: number % 1_000 === 0 ? 'paid' : 'ready',
    amount: 1_000,
    cancel_amount: 0,
    currency: 'KRW',
    sandbox: true,
    pay_method: 'card',
    paid_at: start.getTime() / 1_000,
  }
}

/** The part of the provider that polls need, for more payments than a simulator can store. */
function createProvider() {
  let calls = 0
  return {
    calls: () => calls,
    fetch: (request: Request): Response => {
      calls += 1
      const { pathname, searchParams } = new URL(request.url)
      if (pathname === '/users/getToken') {
        const response = { access_token: 'token', now: 0, expired_at: 1_800 }
        return Response.json({ code: 0, message: null, response })
      }
      const requested = searchParams.getAll('merchant_uid[]')
      const response = requested.map(recordOf).filter((record) => record !== null)
      const status = response.length === requested.length ? 200 : 207
      return Response.json({ code: 0, message: null, response }, { status })
    },
  }
}

describe('pollOpenOrders()', () => {
  it('polls 100,000 open orders in at most 1,010 calls', async () => {
    const { deps, clock } = createRecoveryFixture()
    await env.DB.batch([
      env.DB.prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${orders})
         INSERT INTO orders (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched,
           status, cancelled, sequence, created_at, updated_at)
         SELECT 'CAP-' || i, 1000, 'KRW', '[]', 'report', 'report', 'pending', 0, 0, ?1, ?1 FROM n`,
      ).bind(start.getTime()),
      env.DB.prepare('INSERT INTO poll_schedule SELECT merchant_uid, ?1 FROM orders').bind(
        start.getTime(),
      ),
    ])
    const provider = createProvider()
    const { fetch } = provider
    const now = () => clock.now().getTime()
    const client = createClient({ key: 'key', secret: 'secret', fetch, now, sleep: immediateSleep })
    await clock.advance(60 * minuteMs)

    let polled = 0
    let sweeps = 0
    for (; polled < orders && sweeps < 20; sweeps++) {
      polled += (await pollOpenOrders({ ...deps, client })).polled
    }
    const paid = await env.DB.prepare(
      "SELECT count(*) AS n FROM orders WHERE status = 'paid'",
    ).first()
    expect({ polled, paid }).toEqual({ polled: orders, paid: { n: orders / 1_000 } })
    expect(provider.calls()).toBeLessThanOrEqual(1_010)
    // oxlint-disable-next-line no-console -- the figure that the docs name
    console.log(`${orders} open orders: ${provider.calls()} calls in ${sweeps} sweeps`)
  })
})
