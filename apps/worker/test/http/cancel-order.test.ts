import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createShop, loseTheCancelAndEveryRecord, problem } from '../fixtures/merchant.ts'

type Shop = ReturnType<typeof createShop>

const order = async (shop: Shop, merchant_uid: string) => {
  await shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW' })
  return merchant_uid
}
const paid = async (shop: Shop, merchantUid: string, params: Record<string, unknown> = {}) => {
  await order(shop, merchantUid)
  const impUid = await shop.pay(merchantUid, params)
  await shop.report(merchantUid, impUid)
  return impUid
}
const cancel = (shop: Shop, merchantUid: string, body: unknown = {}) =>
  shop.post(`/orders/${merchantUid}/cancel`, body)
const eventsOf = async (merchantUid: string) => {
  const { results } = await env.DB.prepare(
    'SELECT kind, sequence FROM outbox WHERE merchant_uid = ?1 ORDER BY sequence',
  )
    .bind(merchantUid)
    .all<{ kind: string; sequence: number }>()
  return results.map(({ kind, sequence }) => `${kind} ${sequence}`)
}
const orderState = (status: string, cancelled_amount: number) => ({
  status: 200,
  body: { status, cancelled_amount },
})
const problemOf = (status: number, error: string) => ({ status, body: { error } })
const account = { holder: '홍길동', bank: '004', account: '123-456' }

describe('POST /orders/{merchant_uid}/cancel of an order that is paid', () => {
  it('refunds all of it, with one event, and responds the same to a repeated request', async () => {
    const shop = createShop()
    const impUid = await paid(shop, 'C-all')
    const response = await cancel(shop, 'C-all', { reason: '변심' })
    expect(response).toMatchObject({
      status: 200,
      body: {
        merchant_uid: 'C-all',
        imp_uid: impUid,
        status: 'cancelled',
        cancelled_amount: 64_900,
      },
    })
    expect(await cancel(shop, 'C-all')).toEqual(response)
    expect(await shop.send('/orders/C-all')).toEqual(response)
    expect(await eventsOf('C-all')).toEqual(['paid 1', 'cancelled 2'])
  })

  it('refunds parts until nothing is left', async () => {
    const shop = createShop()
    await paid(shop, 'C-parts')
    const steps = [
      [{ amount: 900 }, orderState('partially_cancelled', 900)],
      [{ amount: 4_000, checksum: 64_000 }, orderState('partially_cancelled', 4_900)],
      [{ amount: 60_001 }, problemOf(409, 'balance_exceeded')],
      [{ amount: 60_000 }, orderState('cancelled', 64_900)],
      [{ amount: 1 }, problemOf(409, 'nothing_left')],
    ] as const
    for (const [body, expected] of steps) {
      expect(await cancel(shop, 'C-parts', body)).toMatchObject(expected)
    }
    expect(await eventsOf('C-parts')).toEqual([
      'paid 1',
      'partially_cancelled 2',
      'partially_cancelled 3',
      'cancelled 4',
    ])
  })

  it('a partial cancel with a checksum that is sent twice refunds once', async () => {
    const shop = createShop()
    await paid(shop, 'C-twice')
    const part = { amount: 900, checksum: 64_900 }
    expect(await cancel(shop, 'C-twice', part)).toMatchObject(
      orderState('partially_cancelled', 900),
    )
    expect(await cancel(shop, 'C-twice', part)).toMatchObject(problemOf(409, 'balance_mismatch'))
  })

  it('two full cancels at once refund once', async () => {
    const shop = createShop()
    await paid(shop, 'C-race')
    const responses = await Promise.all([cancel(shop, 'C-race'), cancel(shop, 'C-race')])
    expect(responses).toMatchObject([
      orderState('cancelled', 64_900),
      orderState('cancelled', 64_900),
    ])
    expect(await eventsOf('C-race')).toEqual(['paid 1', 'cancelled 2'])
  })

  it('requires the account that a virtual account payment is refunded to', async () => {
    const shop = createShop()
    await order(shop, 'C-vbank')
    const impUid = await shop.pay('C-vbank', { pay_method: 'vbank' })
    await shop.report('C-vbank', impUid)
    await shop.control(`/payments/${impUid}/deposit`)
    await shop.report('C-vbank', impUid)
    expect(await cancel(shop, 'C-vbank')).toMatchObject(problemOf(422, 'refund_account_missing'))
    expect(await cancel(shop, 'C-vbank', { refund: account })).toMatchObject(
      orderState('cancelled', 64_900),
    )
  })

  it('accepts a cancel at the console as the requested one', async () => {
    const shop = createShop()
    const impUid = await paid(shop, 'C-console')
    await shop.control(`/payments/${impUid}/cancel`)
    expect(await cancel(shop, 'C-console')).toMatchObject(orderState('cancelled', 64_900))
  })

  it('refunds what remains after a part that was refunded without a message', async () => {
    const shop = createShop()
    const impUid = await paid(shop, 'C-rest')
    await shop.control(`/payments/${impUid}/cancel`, { amount: '900' })
    expect(await cancel(shop, 'C-rest')).toMatchObject(orderState('cancelled', 64_900))
    expect(await eventsOf('C-rest')).toEqual(['paid 1', 'partially_cancelled 2', 'cancelled 3'])
  })

  it('refunds no part after one that no message has reported, and shows that one', async () => {
    const shop = createShop()
    const impUid = await paid(shop, 'C-stale')
    await shop.control(`/payments/${impUid}/cancel`, { amount: '900' })
    const detail = 'a refund came first, 64000 KRW of the payment remain'
    const title = 'The cancellable balance differs from checksum'
    expect(await cancel(shop, 'C-stale', { amount: 900 })).toEqual(
      problem(409, 'balance_mismatch', title, detail),
    )
    expect(await shop.send('/orders/C-stale')).toMatchObject(orderState('partially_cancelled', 900))
    const known = { amount: 900, checksum: 64_000 }
    expect(await cancel(shop, 'C-stale', known)).toMatchObject(
      orderState('partially_cancelled', 1_800),
    )
  })

  it('cancels nothing while the record cannot be read', async () => {
    const shop = createShop()
    await paid(shop, 'C-blind')
    await shop.control('/faults', { fault: 'bad_gateway_html', times: 'always' })
    expect(await cancel(shop, 'C-blind')).toMatchObject(problemOf(503, 'provider_unavailable'))
    await shop.control('/faults', {}, 'DELETE')
    expect(await shop.send('/orders/C-blind/cancels')).toMatchObject({ body: { cancels: [] } })
    expect(await cancel(shop, 'C-blind')).toMatchObject(orderState('cancelled', 64_900))
  })

  it("passes on the provider's message of a refusal", async () => {
    const shop = createShop()
    await paid(shop, 'C-refused')
    await shop.control('/faults', { fault: 'pg_refused', path: '/payments/cancel' })
    expect(await cancel(shop, 'C-refused')).toEqual(
      problem(409, 'cancel_refused', 'The provider refused the cancel', 'PG사 오류입니다.'),
    )
    expect(await shop.send('/orders/C-refused')).toMatchObject(orderState('paid', 0))
  })

  it('finds that a cancel whose responses were lost took place', async () => {
    const shop = createShop()
    await paid(shop, 'C-lost')
    await shop.control('/faults', { fault: 'reset_after', path: '/payments/cancel', times: 2 })
    expect(await cancel(shop, 'C-lost', { amount: 900 })).toMatchObject(
      orderState('partially_cancelled', 900),
    )
  })

  it('is outcome_unknown when the record cannot be read either', async () => {
    const shop = createShop()
    await paid(shop, 'C-unknown')
    await loseTheCancelAndEveryRecord(shop)
    expect(await cancel(shop, 'C-unknown')).toMatchObject(problemOf(503, 'outcome_unknown'))
    await shop.control('/faults', {}, 'DELETE')
    expect(await cancel(shop, 'C-unknown')).toMatchObject(orderState('cancelled', 64_900))
    expect(await eventsOf('C-unknown')).toEqual(['paid 1', 'cancelled 2'])
  })

  it('is provider_refused_us when the API keys are invalid', async () => {
    const shop = createShop()
    await paid(shop, 'C-keys')
    const other = createShop({ IMP_SECRET: 'another-secret' })
    expect(await cancel(other, 'C-keys')).toMatchObject(problemOf(502, 'provider_refused_us'))
  })
})

describe('POST /orders/{merchant_uid}/cancel of an order that is not paid', () => {
  it('closes it for good', async () => {
    const shop = createShop()
    await order(shop, 'C-open')
    expect(await cancel(shop, 'C-open')).toMatchObject(orderState('cancelled', 0))
    expect(await cancel(shop, 'C-open')).toMatchObject(orderState('cancelled', 0))
    expect(await eventsOf('C-open')).toEqual(['cancelled 1'])
  })

  it('records money that arrives afterwards', async () => {
    const shop = createShop()
    await order(shop, 'C-late')
    await cancel(shop, 'C-late')
    const impUid = await shop.pay('C-late')
    expect(await shop.report('C-late', impUid)).toMatchObject({ body: { status: 'pending' } })
    const row = await env.DB.prepare('SELECT verdict FROM attempts WHERE imp_uid = ?1')
      .bind(impUid)
      .first()
    expect(row).toEqual({ verdict: 'late_paid' })
  })

  it('refunds a payment that no message has reported', async () => {
    const shop = createShop()
    await order(shop, 'C-untold')
    await shop.pay('C-untold')
    expect(await cancel(shop, 'C-untold')).toMatchObject(orderState('cancelled', 64_900))
    expect(await eventsOf('C-untold')).toEqual(['paid 1', 'cancelled 2'])
  })

  it('is cancelled when the payment was refunded between two reads', async () => {
    let reads = Number.POSITIVE_INFINITY
    let refund = async () => {}
    const db = new Proxy(env.DB, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (name !== 'batch' || typeof value !== 'function') {
          return typeof value === 'function' ? value.bind(target) : value
        }
        return async (...args: unknown[]) => {
          if (--reads === 0) await refund()
          return value.apply(target, args)
        }
      },
    })
    const shop = createShop({}, db)
    await order(shop, 'C-between')
    const impUid = await shop.pay('C-between')
    refund = async () => {
      await shop.control(`/payments/${impUid}/cancel`)
      const notice = { imp_uid: impUid, merchant_uid: 'C-between', status: 'cancelled' }
      await shop.post('/payments/webhook', notice)
    }
    // The order is read, written as paid, and read once more.
    reads = 3
    expect(await cancel(shop, 'C-between')).toMatchObject(orderState('cancelled', 64_900))
    expect(await eventsOf('C-between')).toEqual(['paid 1', 'cancelled 2'])
  })

  it('has no part to refund', async () => {
    const shop = createShop()
    await order(shop, 'C-part')
    expect(await cancel(shop, 'C-part', { amount: 1 })).toMatchObject(problemOf(409, 'not_paid'))
  })

  it('stays open while it is not known whether it was paid', async () => {
    const shop = createShop()
    await order(shop, 'C-away')
    await shop.control('/faults', { fault: 'bad_gateway_html', times: 2 })
    expect(await cancel(shop, 'C-away')).toMatchObject(problemOf(503, 'provider_unavailable'))
    expect(await shop.send('/orders/C-away')).toMatchObject(orderState('pending', 0))
  })

  it('is 404 for an unknown order', async () => {
    const shop = createShop()
    expect(await cancel(shop, 'C-nowhere')).toMatchObject(problemOf(404, 'order_unknown'))
    expect(await cancel(shop, '%E2%80%AE')).toMatchObject(problemOf(404, 'order_unknown'))
  })

  for (const [what, body] of [
    ['an amount of nothing', { amount: 0 }],
    ['an amount as text', { amount: '900' }],
    ['half a refund account', { refund: { holder: '홍길동' } }],
    ['a misspelt name', { amout: 900 }],
  ] as const) {
    it(`refuses ${what} instead of refunding everything`, async () => {
      const shop = createShop()
      await order(shop, 'C-invalid')
      expect(await cancel(shop, 'C-invalid', body)).toMatchObject(problemOf(400, 'request_invalid'))
      expect(await shop.send('/orders/C-invalid')).toMatchObject(orderState('pending', 0))
    })
  }
})
