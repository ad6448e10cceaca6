import { describe, expect, it } from 'vitest'
import { createFixture, shop } from './completion-fixture.ts'

type Fixture = ReturnType<typeof createFixture>
const down = async () =>
  ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const

/** The notice that a channel is parsed into, before any lookup. */
const notice = (channel: string, impUid: string, changes = {}) => ({
  kind: 'payment',
  channel,
  impUid,
  merchantUid: 'ORD-1',
  claim: 'unknown',
  claimedStatus: null,
  claimedAmount: null,
  errorCode: null,
  errorMessage: null,
  ...changes,
})

const routes = [
  [
    'complete',
    'callback',
    ({ complete }: Fixture, imp_uid: string) => complete({ imp_uid, merchant_uid: 'ORD-1' }),
  ],
  [
    'redirect',
    'redirect',
    (fixture: Fixture, imp_uid: string) =>
      fixture.app.request(`/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`),
  ],
  [
    'webhook',
    'webhook',
    ({ webhook }: Fixture, imp_uid: string) => webhook({ imp_uid, merchant_uid: 'ORD-1' }),
  ],
] as const

describe('the shop receives one report of every request, with its route', () => {
  it.each(routes)('%s: a payment that changed its order', async (route, channel, send) => {
    const fixture = createFixture()
    const { merchantUid } = fixture.order('ORD-1')
    const imp_uid = await fixture.pay('ORD-1')
    await send(fixture, imp_uid)
    const order = await fixture.store.find(merchantUid)
    expect(fixture.reports).toEqual([
      {
        kind: 'synced',
        route,
        notice: notice(channel, imp_uid),
        synced: {
          order: order.ok && order.value,
          outcome: 'become',
          payment: await fixture.payment(imp_uid),
        },
      },
    ])
  })

  it.each(routes)('%s: a payment of an unknown order', async (route, channel, send) => {
    const fixture = createFixture()
    await send(fixture, 'imp_1')
    expect(fixture.reports).toEqual([
      {
        kind: 'not_synced',
        route,
        notice: notice(channel, 'imp_1'),
        failure: { reason: 'order_unknown', merchantUid: 'ORD-1' },
      },
    ])
  })

  it.each(routes)('T4: %s: an id that would change the endpoint', async (route, _channel, send) => {
    const fixture = createFixture()
    await send(fixture, '../banks')
    expect(fixture.reports).toEqual([
      {
        kind: 'refused_request',
        route,
        failure: { reason: 'id_malformed', field: 'imp_uid' },
      },
    ])
  })

  it('T29: redirect: a form with another media type', async () => {
    const fixture = createFixture()
    const body = 'imp_uid=imp_1&merchant_uid=ORD-1'
    for (const type of [
      'text/plain',
      'text/plain;application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded-or-not',
      '',
    ]) {
      const headers = new Headers({ 'content-type': type })
      await fixture.app.request('/payments/redirect', { method: 'POST', body, headers })
      expect(fixture.reports.at(-1)).toEqual({
        kind: 'refused_request',
        route: 'redirect',
        failure: { reason: 'media_type_unsupported', mediaType: type },
      })
    }
  })

  it('redirect: a post without a media type', async () => {
    const fixture = createFixture()
    await fixture.app.request('/payments/redirect', { method: 'POST' })
    expect(fixture.reports).toEqual([
      {
        kind: 'refused_request',
        route: 'redirect',
        failure: { reason: 'media_type_unsupported', mediaType: '' },
      },
    ])
  })

  it('webhook: an event that is not about a payment, and the test webhook of the console', async () => {
    const fixture = createFixture()
    await fixture.webhook({ event: 'Inicis.Escrow.Changed', imp_uid: 'imp_1', merchant_uid: 'A' })
    await fixture.webhook({ imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890' })
    expect(fixture.reports).toEqual([
      {
        kind: 'ignored',
        route: 'webhook',
        notice: { kind: 'event', channel: 'webhook', event: 'Inicis.Escrow.Changed' },
      },
      { kind: 'ignored', route: 'webhook', notice: { kind: 'console_test', channel: 'webhook' } },
    ])
  })

  it('confirm: a malformed request, and a payment that was refused', async () => {
    const fixture = createFixture()
    const postConfirm = (body: string) =>
      fixture.app.request('/payments/confirm', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
    await postConfirm('{"merchant_uid":"ORD-1"}')
    await postConfirm('{"imp_uid":"imp_1","merchant_uid":"ORD-1","amount":1}')
    expect(fixture.reports).toEqual([
      {
        kind: 'refused_request',
        route: 'confirm',
        failure: { reason: 'id_missing', field: 'imp_uid' },
      },
      {
        kind: 'confirm_refused',
        route: 'confirm',
        request: { kind: 'payment', impUid: 'imp_1', merchantUid: 'ORD-1', amount: 1 },
        reason: 'order_unknown',
      },
    ])
  })

  it('order: an order that could not be read', async () => {
    const fixture = createFixture({ findForBuyer: down })
    await fixture.app.request('/payments/orders/ORD-1', {
      headers: { authorization: 'Bearer a-token-of-the-order', origin: shop },
    })
    expect(fixture.reports).toEqual([
      {
        kind: 'order_not_read',
        route: 'order',
        failure: { reason: 'store_unavailable', cause: 'D1' },
      },
    ])
  })
})
