import { describe, expect, it } from 'vitest'
import { openScene, shop } from './completion-fixture.ts'

type Scene = ReturnType<typeof openScene>
const down = async () =>
  ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const

/** What a channel is read as, before anybody was asked. */
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

const doors = [
  [
    'complete',
    'callback',
    ({ complete }: Scene, imp_uid: string) => complete({ imp_uid, merchant_uid: 'ORD-1' }),
  ],
  [
    'redirect',
    'redirect',
    (scene: Scene, imp_uid: string) =>
      scene.doors.request(`/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`),
  ],
  [
    'webhook',
    'webhook',
    ({ webhook }: Scene, imp_uid: string) => webhook({ imp_uid, merchant_uid: 'ORD-1' }),
  ],
] as const

describe('the shop is told once of every request, by door', () => {
  it.each(doors)('%s: a payment that moved its order', async (door, channel, knock) => {
    const scene = openScene()
    const { merchantUid } = scene.order('ORD-1')
    const imp_uid = await scene.pay('ORD-1')
    await knock(scene, imp_uid)
    const order = await scene.store.find(merchantUid)
    expect(scene.reports).toEqual([
      {
        kind: 'synced',
        door,
        notice: notice(channel, imp_uid),
        synced: { order: order.ok && order.value, outcome: 'become' },
      },
    ])
  })

  it.each(doors)('%s: a payment of no order', async (door, channel, knock) => {
    const scene = openScene()
    await knock(scene, 'imp_1')
    expect(scene.reports).toEqual([
      {
        kind: 'not_synced',
        door,
        notice: notice(channel, 'imp_1'),
        failure: { reason: 'order_unknown', merchantUid: 'ORD-1' },
      },
    ])
  })

  it.each(doors)('T4: %s: an id that would change the endpoint', async (door, _channel, knock) => {
    const scene = openScene()
    await knock(scene, '../banks')
    expect(scene.reports).toEqual([
      { kind: 'refused_request', door, failure: { reason: 'id_malformed', field: 'imp_uid' } },
    ])
  })

  it('T29: redirect: a form that says it is something else', async () => {
    const scene = openScene()
    const body = 'imp_uid=imp_1&merchant_uid=ORD-1'
    for (const type of [
      'text/plain',
      'text/plain;application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded-or-not',
      '',
    ]) {
      const headers = new Headers({ 'content-type': type })
      await scene.doors.request('/payments/redirect', { method: 'POST', body, headers })
      expect(scene.reports.at(-1)).toEqual({
        kind: 'refused_request',
        door: 'redirect',
        failure: { reason: 'media_type_unsupported', mediaType: type },
      })
    }
  })

  it('redirect: a post that says not what it is', async () => {
    const scene = openScene()
    await scene.doors.request('/payments/redirect', { method: 'POST' })
    expect(scene.reports).toEqual([
      {
        kind: 'refused_request',
        door: 'redirect',
        failure: { reason: 'media_type_unsupported', mediaType: '' },
      },
    ])
  })

  it('webhook: an event that is about no payment, and the test of the console', async () => {
    const scene = openScene()
    await scene.webhook({ event: 'Inicis.Escrow.Changed', imp_uid: 'imp_1', merchant_uid: 'A' })
    await scene.webhook({ imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890' })
    expect(scene.reports).toEqual([
      {
        kind: 'ignored',
        door: 'webhook',
        notice: { kind: 'event', channel: 'webhook', event: 'Inicis.Escrow.Changed' },
      },
      { kind: 'ignored', door: 'webhook', notice: { kind: 'console_test', channel: 'webhook' } },
    ])
  })

  it('confirm: a question without a reading, and a payment it stopped', async () => {
    const scene = openScene()
    const ask = (body: string) =>
      scene.doors.request('/payments/confirm', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
    await ask('{"merchant_uid":"ORD-1"}')
    await ask('{"imp_uid":"imp_1","merchant_uid":"ORD-1","amount":1}')
    expect(scene.reports).toEqual([
      {
        kind: 'refused_request',
        door: 'confirm',
        failure: { reason: 'id_missing', field: 'imp_uid' },
      },
      {
        kind: 'confirm_refused',
        door: 'confirm',
        request: { kind: 'payment', impUid: 'imp_1', merchantUid: 'ORD-1', amount: 1 },
        why: 'order_unknown',
      },
    ])
  })

  it('order: a buyer whose order could not be read', async () => {
    const scene = openScene({ findForBuyer: down })
    await scene.doors.request('/payments/orders/ORD-1', {
      headers: { authorization: 'Bearer a-token-of-the-order', origin: shop },
    })
    expect(scene.reports).toEqual([
      {
        kind: 'order_not_read',
        door: 'order',
        failure: { reason: 'store_unavailable', cause: 'D1' },
      },
    ])
  })
})
