import { describe, expect, it } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

type Fixture = ReturnType<typeof createFixture>
const postConfirm = ({ app }: Fixture, body: Record<string, unknown>) =>
  app.request('/payments/confirm', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
const request = { imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: 64_900 }

/** A shop to which the provider sends the requests. */
const createProviderFixture = (given: Parameters<typeof createFixture>[0] = {}) =>
  createFixture({ isProvider: () => true, ...given })

describe('POST /payments/confirm approves only an open order with the right amount', () => {
  it('approves it, with an amount or, in the older generation, without one', async () => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    const approved = { status: 200, body: { status: 'approved' } }
    expect(await read(postConfirm(fixture, request))).toEqual(approved)
    expect(
      await read(postConfirm(fixture, { ...request, amount: undefined, status: 'ready' })),
    ).toEqual(approved)
    const counter = { ...request, amount: undefined, event: 'Galaxia.Cvs.Confirm' }
    expect(await read(postConfirm(fixture, counter))).toEqual(approved)
    expect(await fixture.lookups()).toBe(0)
  })

  it('reads a form', async () => {
    const { order, app } = createFixture()
    order('ORD-1')
    const response = app.request('/payments/confirm', {
      method: 'POST',
      body: new URLSearchParams({ imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: '64900' }),
    })
    expect((await response).status).toBe(200)
  })

  it.each([
    ['T35: an unknown order', { merchant_uid: 'ORD-X' }, '주문을 찾을 수 없습니다 (unknown order)'],
    [
      'T1: another amount',
      { amount: 64_899 },
      '주문 금액과 다릅니다 (amount differs from the order)',
    ],
  ])('refuses %s, with the reason that becomes fail_reason', async (_title, change, reason) => {
    const fixture = createProviderFixture()
    fixture.order('ORD-1')
    expect(await read(postConfirm(fixture, { ...request, ...change }))).toEqual({
      status: 409,
      body: { reason },
    })
  })

  it('refuses a second payment of a paid order', async () => {
    const fixture = createProviderFixture()
    fixture.order('ORD-1')
    const imp_uid = await fixture.pay('ORD-1')
    await fixture.complete({ imp_uid, merchant_uid: 'ORD-1' })
    expect(await read(postConfirm(fixture, request))).toEqual({
      status: 409,
      body: { reason: '결제할 수 없는 주문입니다 (order is not open)' },
    })
  })

  it('calls the hook of the shop last, and returns its reason', async () => {
    const fixture = createProviderFixture({
      hooks: { confirm: async ({ merchantUid }) => `${merchantUid}: 품절` },
    })
    fixture.order('ORD-1')
    expect(await read(postConfirm(fixture, request))).toEqual({
      status: 409,
      body: { reason: 'ORD-1: 품절' },
    })
    expect(fixture.reports.at(-1)).toMatchObject({
      kind: 'confirm_refused',
      reason: 'stopped_by_shop',
    })
  })
})

describe('POST /payments/confirm tells a stranger nothing about an order', () => {
  const refused = {
    status: 409,
    body: { reason: '결제를 승인할 수 없습니다 (payment cannot be approved)' },
  }
  const down = async () =>
    ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const

  it('T58: an unknown, a closed and another order, a hook and an outage have one response', async () => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    fixture.order('ORD-PAID')
    const imp_uid = await fixture.pay('ORD-PAID')
    await fixture.complete({ imp_uid, merchant_uid: 'ORD-PAID' })
    const soldOut = createFixture({ hooks: { confirm: async () => '품절' } })
    soldOut.order('ORD-1')
    const storeDown = createFixture({ store: { ...fixture.store, find: down } })
    const responses = [
      await postConfirm(fixture, { ...request, merchant_uid: 'ORD-X' }),
      await postConfirm(fixture, { ...request, merchant_uid: 'ORD-PAID' }),
      await postConfirm(fixture, { ...request, amount: 64_899 }),
      await postConfirm(soldOut, request),
      await postConfirm(storeDown, request),
    ]
    const headers = responses.map((each) => JSON.stringify([...each.headers]))
    expect(new Set(headers).size).toBe(1)
    expect(await Promise.all(responses.map(read))).toEqual(responses.map(() => refused))
  })

  it('T58: a guard ends a search for the amount', async () => {
    const amounts: unknown[] = []
    const fixture = createFixture({
      confirmGuard: ({ confirm }) => amounts.push(confirm.amount) <= 3,
    })
    fixture.order('ORD-1')
    const statuses = []
    for (const amount of [1, 64_899, 64_900, 64_900]) {
      const response = await read(postConfirm(fixture, { ...request, amount }))
      statuses.push(response.status)
    }
    expect(statuses).toEqual([409, 409, 200, 409])
    expect(amounts).toEqual([1, 64_899, 64_900, 64_900])
    expect(fixture.reports.at(-1)).toMatchObject({ reason: 'confirm_limited' })
  })

  it('reports each approval, so that it can be logged', async () => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    await postConfirm(fixture, request)
    expect(fixture.reports).toEqual([
      {
        kind: 'confirm_approved',
        route: 'confirm',
        request: { kind: 'payment', impUid: 'imp_1', merchantUid: 'ORD-1', amount: 64_900 },
      },
    ])
  })
})
