import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../../test/merchant.ts'

const order = {
  channel_key: 'channel-key-galaxia',
  merchant_uid: 'order-1',
  amount: 5000,
  name: '삼각김밥',
  barcode: '8801234567890',
}
const setUp = (respond: () => Response = () => new Response('ok')) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' }, respond })
  const issue = (body: Record<string, unknown> = {}) =>
    merchant.send('POST', '/cvs', { ...order, ...body })
  const issued = async (body: Record<string, unknown> = {}) =>
    String(fieldOf(await issue(body), 'imp_uid'))
  const payAtCounter = (impUid: string, pay_type = 'cash') =>
    merchant.control(`/payments/${impUid}/counter`, { pay_type })
  return { ...merchant, issue, issued, payAtCounter }
}

describe('POST /cvs', () => {
  it('registers a barcode, and sends the webhook when it is paid at the counter', async () => {
    const { issue, payAtCounter, receivedRequests, simulator } = setUp()
    const response = await issue()
    const impUid = String(fieldOf(response, 'imp_uid'))
    await simulator.waitForIdle()
    const early = receivedRequests.length
    const paid = await payAtCounter(impUid)
    await simulator.waitForIdle()

    expect(response.body['response']).toMatchObject({
      status: 'ready',
      pay_method: 'cvs',
      pg_provider: 'galaxia',
      amount: 5000,
      paid_at: 0,
      vbank_num: null,
    })
    expect(paid.body).toMatchObject({
      status: 'paid',
      paid_at: fixedTimeSeconds,
      card_number: null,
    })
    expect([early, receivedRequests.map(({ body }): unknown => JSON.parse(body))]).toEqual([
      0,
      [{ imp_uid: impUid, merchant_uid: 'order-1', status: 'paid' }],
    ])
  })

  it('issues a barcode when the shop has none', async () => {
    const { issued, call } = setUp()
    const impUid = await issued({ barcode: null, expired_at: fixedTimeSeconds + 60 })
    const response = await call(`/_simulator/payments/${impUid}/barcode`)
    expect(response.body).toEqual({
      barcode: expect.stringMatching(/^\d{16}$/),
      expired_at: fixedTimeSeconds + 60,
    })
  })

  it('calls the shop’s confirm_url before the payment', async () => {
    const { issued, payAtCounter, receivedRequests } = setUp()
    const impUid = await issued({ confirm_url: 'https://shop.example/counter' })
    await payAtCounter(impUid, 'card')
    const [confirmRequest] = receivedRequests
    expect([confirmRequest?.url, JSON.parse(confirmRequest?.body ?? '')]).toEqual([
      'https://shop.example/counter',
      {
        event: 'Galaxia.Cvs.Confirm',
        imp_uid: impUid,
        merchant_uid: 'order-1',
        status: 'ready',
        extra: { barcode: '8801234567890', payType: 'card' },
      },
    ])
  })

  it('accepts no payment unless the shop responds with 200, and keeps the barcode payable', async () => {
    let status = 409
    const { issued, payAtCounter } = setUp(() => new Response('no', { status }))
    const impUid = await issued({ confirm_url: 'https://shop.example/counter' })
    const refused = await payAtCounter(impUid)
    status = 200
    const allowed = await payAtCounter(impUid)
    expect(refused).toEqual({ status: 409, body: { reason: 'counter_refused' } })
    expect(allowed.body['status']).toBe('paid')
  })

  it('refuses an expired barcode', async () => {
    const { issued, payAtCounter, simulator } = setUp()
    const impUid = await issued({ expired_at: fixedTimeSeconds + 60 })
    await simulator.clock.advance(60_000)
    expect(await payAtCounter(impUid)).toEqual({ status: 409, body: { reason: 'barcode_expired' } })
  })

  for (const wrong of [
    { channel_key: 'channel-key-kcp' },
    { amount: 0 },
    { merchant_uid: null },
    { expired_at: fixedTimeSeconds },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      const { issue } = setUp()
      const { body } = await issue(wrong)
      expect([body['code'], body['response']]).toEqual([1, null])
    })
  }

  it('refuses a barcode that already belongs to another payment', async () => {
    const { issue, issued } = setUp()
    await issued()
    expect((await issue({ merchant_uid: 'order-2' })).body['code']).toBe(1)
  })
})

describe('DELETE /cvs/{imp_uid}', () => {
  it('voids a barcode, which then cannot be paid', async () => {
    const { issued, authorized, payAtCounter } = setUp()
    const impUid = await issued()
    const revoked = await authorized(`/cvs/${impUid}/`, { method: 'DELETE' })
    expect(revoked.body['response']).toMatchObject({
      status: 'failed',
      failed_at: fixedTimeSeconds,
    })
    expect(await payAtCounter(impUid)).toEqual({ status: 409, body: { reason: 'not_ready' } })
  })

  it('refuses a paid barcode, a payment without one and an unknown payment', async () => {
    const { issued, authorized, payAtCounter, seedPayment } = setUp()
    const impUid = await issued()
    await payAtCounter(impUid)
    await seedPayment({ imp_uid: 'imp_1', status: 'ready', merchant_uid: 'order-2' })
    const responses = await Promise.all(
      [impUid, 'imp_1', 'imp_none'].map((uid) => authorized(`/cvs/${uid}`, { method: 'DELETE' })),
    )
    expect(responses.map(({ status }) => status)).toEqual([400, 400, 404])
  })
})
