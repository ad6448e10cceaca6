import { describe, expect, it } from 'vitest'
import { createShop, problem } from '../fixtures/merchant.ts'
import { amount, createShopWithReceiver, instant } from '../fixtures/unmatched-payment.ts'

/** Creates orders, one each minute. The tests share a database: each has a day of its own. */
async function createOrders(from: Date, ids: readonly string[]) {
  const time = { at: from }
  const shop = createShop({}, undefined, { now: () => time.at })
  for (const merchant_uid of ids) {
    await shop.post('/orders', { merchant_uid, amount: 64_900, currency: 'KRW' })
    time.at = new Date(time.at.getTime() + 60_000)
  }
  /** The ids of a page, and where the next one begins. */
  const list = async (query: string) => {
    const { status, body } = await shop.send(`/orders${query}`)
    expect(status).toBe(200)
    const orders = body['orders'] as readonly { readonly merchant_uid: string }[]
    return { ids: orders.map(({ merchant_uid }) => merchant_uid), next: body['next'] }
  }
  return { ...shop, list }
}

const day = (number: number) => new Date(`2026-11-2${number}T03:00:00.000Z`)

describe('GET /orders', () => {
  it('shows orders as they are read alone, without what is for the page of the buyer, newest first', async () => {
    const { send, pay, report, list } = await createOrders(day(1), ['ORD-1', 'ORD-2', 'ORD-3'])
    await report('ORD-2', await pay('ORD-2'))
    const { body } = await send('/orders')
    const alone = await Promise.all(
      ['ORD-3', 'ORD-2', 'ORD-1'].map(async (id) => {
        const {
          order_token: _token,
          naverProducts: _lines,
          ...order
        } = (await send(`/orders/${id}`)).body
        return order
      }),
    )
    expect(body).toEqual({ orders: alone, next: null })
    expect(JSON.stringify(body)).not.toContain('token')
    expect(await list('?status=paid')).toEqual({ ids: ['ORD-2'], next: null })
    expect(await list('?paid_from=2000-01-01T00:00:00Z')).toEqual({ ids: ['ORD-2'], next: null })
    expect(await list('?paid_to=2000-01-01T00:00:00Z')).toEqual({ ids: [], next: null })
  })

  it('goes on where the page before ended, in a span with an offset of its own', async () => {
    const { list } = await createOrders(day(2), ['A-1', 'A-2', 'B-1', 'B-2'])
    const first = await list('?limit=3')
    expect(first.ids).toEqual(['B-2', 'B-1', 'A-2'])
    expect(first.next).toBe(`${day(2).getTime() + 60_000}:A-2`)
    const from = 'created_from=2026-11-22T00:00:00Z'
    const rest = await list(`?limit=3&after=${String(first.next)}&${from}`)
    expect(rest).toEqual({ ids: ['A-1'], next: null })
    const inSeoul = encodeURIComponent('2026-11-22T12:01:00+09:00')
    expect((await list(`?created_from=${inSeoul}`)).ids).toEqual(['B-2', 'B-1', 'A-2'])
    expect((await list(`?created_to=${inSeoul}&${from}`)).ids).toEqual(['A-1'])
    const named = await list('?merchant_uid_prefix=A-&limit=1')
    expect(named).toEqual({ ids: ['A-1'], next: 'A-1' })
    expect(await list('?merchant_uid_prefix=A-&after=A-1')).toEqual({ ids: ['A-2'], next: null })
  })

  it('T69: a page is bounded, and asks for the key', async () => {
    const { app, send } = await createOrders(day(3), ['ORD-9'])
    expect((await app.request('/orders')).status).toBe(401)
    for (const [query, field] of [
      ['limit=101', 'limit'],
      ['limit=0', 'limit'],
      ['limit=all', 'limit'],
      ['created_from=yesterday', 'created_from'],
      ['created_from=2026-11-22', 'created_from'],
      ['paid_from=2026-02-30T00:00:00Z', 'paid_from'],
      ['merchant_uid_prefix=', 'merchant_uid_prefix'],
      ['merchant_uid_prefix=ORD&after=A-1', 'after'],
      ['merchant_uid_prefix=%25', 'merchant_uid_prefix'],
      ['after=ORD-1', 'after'],
      ['after=1:%00', 'after'],
      ['after=9999999999999999:ORD-1', 'after'],
      ['sort=amount', 'sort'],
      ['created_from=2026-11-22T00:00:00Z&paid_to=2026-11-22T00:00:00Z', 'paid_to'],
      ['merchant_uid_prefix=A&paid_from=2026-11-22T00:00:00Z', 'merchant_uid_prefix'],
    ]) {
      const { status, body } = await send(`/orders?${query}`)
      expect([query, status, body['error'], body['detail']]).toEqual([
        query,
        400,
        'request_invalid',
        expect.stringContaining(field ?? ''),
      ])
    }
  })
})

describe('GET /orders/{merchant_uid}/history', () => {
  it('shows the payments that were offered, the events with their delivery, a cancel and an issue', async () => {
    const shop = createShopWithReceiver()
    await shop.order('H-1')
    const stranger = await shop.pay('H-other')
    await shop.report('H-1', stranger)
    const first = await shop.pay('H-1')
    await shop.report('H-1', first)
    const second = await shop.payAgain('H-1')
    await shop.report('H-1', second)
    await shop.post('/orders/H-1/cancel', { amount: 1_000, checksum: amount })

    const { status, body } = await shop.send('/orders/H-1/history')
    expect(status).toBe(200)
    const attempt = (imp_uid: string, fields: object) => ({
      kind: 'attempt',
      at: instant,
      attempt: {
        imp_uid,
        verdict: 'accepted',
        reason: null,
        payment_merchant_uid: 'H-1',
        payment_status: 'paid',
        amount,
        currency: 'KRW',
        cancelled_amount: 0,
        pay_method: 'card',
        pg_provider: 'html5_inicis',
        sandbox: true,
        ...fields,
      },
    })
    const issue = (await shop.send(`/reconciliation-issues/duplicate_paid:${second}`)).body
    const pending = (await shop.send('/events?state=pending')).body['events']
    const delivered = (await shop.send('/events?state=delivered')).body['events']
    const events = [pending, delivered]
      .flatMap((list) => list as readonly { readonly merchant_uid: string; sequence: number }[])
      .filter((event) => event.merchant_uid === 'H-1')
      .toSorted((a, b) => a.sequence - b.sequence)
    const { cancels } = (await shop.send('/orders/H-1/cancels')).body
    const entries = body['entries'] as readonly { readonly kind: string }[]
    const of = (kind: string) => entries.filter((entry) => entry.kind === kind)
    expect(of('attempt')).toHaveLength(3)
    expect(of('attempt')).toEqual(
      expect.arrayContaining([
        attempt(stranger, {
          verdict: 'refused',
          reason: 'order_mismatch',
          payment_merchant_uid: 'H-other',
        }),
        attempt(first, {}),
        attempt(second, { verdict: 'duplicate_paid' }),
      ]),
    )
    expect(of('reconciliation_issue')).toEqual([
      { kind: 'reconciliation_issue', at: instant, reconciliation_issue: issue },
    ])
    expect(of('event')).toEqual(events.map((event) => ({ kind: 'event', at: instant, event })))
    expect(of('event')).toHaveLength(3)
    expect(of('cancel')).toEqual(
      (cancels as readonly object[]).map((cancel) => ({ kind: 'cancel', at: instant, cancel })),
    )
    expect(of('cancel')).toHaveLength(1)
    expect(entries).toHaveLength(8)

    const pages: unknown[] = []
    let after = ''
    do {
      const page = await shop.send(`/orders/H-1/history?limit=3&after=${encodeURIComponent(after)}`)
      pages.push(...(page.body['entries'] as readonly unknown[]))
      after = page.body['next'] === null ? '' : (page.body['next'] as string)
    } while (after !== '')
    expect(pages).toEqual(entries)
  })

  it('T49: has nothing of the buyer and no key, and asks for the key', async () => {
    const shop = createShopWithReceiver()
    await shop.order('H-2')
    expect(await shop.send('/orders/H-2/history')).toEqual({
      status: 200,
      body: { entries: [], next: null },
    })
    await shop.report(
      'H-2',
      await shop.pay('H-2', { buyer_name: '홍길동', buyer_tel: '01012345678' }),
    )
    const { body } = await shop.send('/orders/H-2/history')
    expect(JSON.stringify(body)).not.toMatch(/홍길동|01012345678|token|card_num/)
    expect((await shop.app.request('/orders/H-2/history')).status).toBe(401)
    expect(await shop.send('/orders/H-9/history')).toEqual(
      problem(404, 'order_unknown', 'Order not found'),
    )
    for (const [query, field] of [
      ['after=1', 'after'],
      ['after=1:note:x', 'after'],
      ['after=1:event:%00', 'after'],
      ['limit=1000', 'limit'],
      ['kind=event', 'kind'],
    ]) {
      const refused = await shop.send(`/orders/H-2/history?${query}`)
      expect([query, refused.status, refused.body['error'], refused.body['detail']]).toEqual([
        query,
        400,
        'request_invalid',
        expect.stringContaining(field ?? ''),
      ])
    }
  })
})
