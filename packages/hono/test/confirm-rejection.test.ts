import type { Order } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createFixture as createAnyFixture, read } from './completion-fixture.ts'

/** A shop whose confirm requests all come from the provider. */
const createFixture = (given: Parameters<typeof createAnyFixture>[0] = {}) =>
  createAnyFixture({ isProvider: () => true, ...given })

const down = async () =>
  ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const

describe('POST /payments/confirm refuses a payment that cannot be checked', () => {
  const postConfirm = (
    fixture: ReturnType<typeof createFixture>,
    body: string,
    type = 'application/json',
  ) =>
    fixture.app.request('/payments/confirm', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
  const request = '{"imp_uid":"imp_1","merchant_uid":"ORD-1","amount":64900}'

  it.each([
    ['{"merchant_uid":"ORD-1"}', 400, 'id_missing'],
    ['{"imp_uid":"imp_1"', 400, 'body_malformed'],
    ['imp_uid=imp_1&merchant_uid=ORD-1', 400, 'body_malformed'],
    [`{"x":"${'x'.repeat(16_400)}"}`, 413, 'body_too_large'],
  ])('refuses %.40s', async (body, status, error) => {
    expect(await read(postConfirm(createFixture(), body))).toEqual({
      status,
      body: { status: 'invalid', error },
    })
  })

  it('refuses text', async () => {
    expect(await read(postConfirm(createFixture(), request, 'text/plain'))).toEqual({
      status: 415,
      body: { status: 'invalid', error: 'media_type_unsupported' },
    })
  })

  it('T12: responds 503 while the store is unavailable', async () => {
    const { store } = createFixture()
    const fixture = createFixture({ store: { ...store, find: down } })
    expect(await read(postConfirm(fixture, request))).toEqual({
      status: 503,
      body: { reason: '주문을 확인할 수 없습니다 (order cannot be checked now)' },
    })
  })

  const stopped = {
    status: 409,
    body: { reason: '결제할 수 없는 주문입니다 (order is not open)' },
  }
  const approved = { status: 200, body: { status: 'approved' } }
  it.each([
    ['pending', approved],
    ['vbank_issued', approved],
    ['failed', approved],
    ['paid', stopped],
    ['partially_cancelled', stopped],
    ['cancelled', stopped],
    ['expired', stopped],
  ] as const)('a payment of an order that is %s', async (status, expected) => {
    const { store, order } = createFixture()
    const storedOrder: Order = { ...order('ORD-1'), status }
    const find = async () => ({ ok: true, value: storedOrder }) as const
    expect(await read(postConfirm(createFixture({ store: { ...store, find } }), request))).toEqual(
      expected,
    )
  })

  it('approves what the shop approves, and passes it the order and the request', async () => {
    const hookArguments: unknown[] = []
    const fixture = createFixture({
      hooks: {
        confirm: async (order, confirmRequest) => {
          hookArguments.push(order, confirmRequest)
          return null
        },
      },
    })
    const order = fixture.order('ORD-1')
    expect(await read(postConfirm(fixture, request))).toEqual(approved)
    expect(hookArguments).toEqual([
      order,
      { kind: 'payment', impUid: 'imp_1', merchantUid: 'ORD-1', amount: 64_900 },
    ])
  })

  it.each([
    [64_900.5, 409],
    ['64901', 409],
    [-64_900, 409],
    ['a lot', 400],
  ])('T1: refuses an amount of %j', async (amount, status) => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    const body = JSON.stringify({ imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount })
    expect((await postConfirm(fixture, body)).status).toBe(status)
  })
})
