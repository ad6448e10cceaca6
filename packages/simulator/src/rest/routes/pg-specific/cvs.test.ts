import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, noonSeconds } from '../../../../test/merchant.ts'

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
  const visit = (impUid: string, pay_type = 'cash') =>
    merchant.control(`/payments/${impUid}/counter`, { pay_type })
  return { ...merchant, issue, issued, visit }
}

describe('POST /cvs', () => {
  it('registers a barcode that is paid at the counter, and tells the shop then', async () => {
    const { issue, visit, inbox, simulator } = setUp()
    const answer = await issue()
    const impUid = String(fieldOf(answer, 'imp_uid'))
    await simulator.settle()
    const early = inbox.length
    const paid = await visit(impUid)
    await simulator.settle()

    expect(answer.body['response']).toMatchObject({
      status: 'ready',
      pay_method: 'cvs',
      pg_provider: 'galaxia',
      amount: 5000,
      paid_at: 0,
      vbank_num: null,
    })
    expect(paid.body).toMatchObject({ status: 'paid', paid_at: noonSeconds, card_number: null })
    expect([early, inbox.map(({ body }): unknown => JSON.parse(body))]).toEqual([
      0,
      [{ imp_uid: impUid, merchant_uid: 'order-1', status: 'paid' }],
    ])
  })

  it('issues a barcode when the shop has none', async () => {
    const { issued, call } = setUp()
    const impUid = await issued({ barcode: null, expired_at: noonSeconds + 60 })
    const answer = await call(`/_simulator/payments/${impUid}/barcode`)
    expect(answer.body).toEqual({
      barcode: expect.stringMatching(/^\d{16}$/),
      expired_at: noonSeconds + 60,
    })
  })

  it('asks the shop’s confirm_url before the clerk takes the money', async () => {
    const { issued, visit, inbox } = setUp()
    const impUid = await issued({ confirm_url: 'https://shop.example/counter' })
    await visit(impUid, 'card')
    const [asked] = inbox
    expect([asked?.url, JSON.parse(asked?.body ?? '')]).toEqual([
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

  it('takes no money when the shop says anything but 200, and leaves the barcode payable', async () => {
    let status = 409
    const { issued, visit } = setUp(() => new Response('no', { status }))
    const impUid = await issued({ confirm_url: 'https://shop.example/counter' })
    const refused = await visit(impUid)
    status = 200
    const allowed = await visit(impUid)
    expect(refused).toEqual({ status: 409, body: { reason: 'counter_refused' } })
    expect(allowed.body['status']).toBe('paid')
  })

  it('lets a barcode run out', async () => {
    const { issued, visit, simulator } = setUp()
    const impUid = await issued({ expired_at: noonSeconds + 60 })
    await simulator.clock.advance(60_000)
    expect(await visit(impUid)).toEqual({ status: 409, body: { reason: 'barcode_expired' } })
  })

  for (const wrong of [
    { channel_key: 'channel-key-kcp' },
    { amount: 0 },
    { merchant_uid: null },
    { expired_at: noonSeconds },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      const { issue } = setUp()
      const { body } = await issue(wrong)
      expect([body['code'], body['response']]).toEqual([1, null])
    })
  }

  it('refuses a barcode that already stands for another payment', async () => {
    const { issue, issued } = setUp()
    await issued()
    expect((await issue({ merchant_uid: 'order-2' })).body['code']).toBe(1)
  })
})

describe('DELETE /cvs/{imp_uid}', () => {
  it('makes a barcode void, so that the clerk takes nothing', async () => {
    const { issued, authorized, visit } = setUp()
    const impUid = await issued()
    const revoked = await authorized(`/cvs/${impUid}/`, { method: 'DELETE' })
    expect(revoked.body['response']).toMatchObject({ status: 'failed', failed_at: noonSeconds })
    expect(await visit(impUid)).toEqual({ status: 409, body: { reason: 'not_ready' } })
  })

  it('refuses a paid barcode, a payment without one and an unknown payment', async () => {
    const { issued, authorized, visit, stage } = setUp()
    const impUid = await issued()
    await visit(impUid)
    await stage({ imp_uid: 'imp_1', status: 'ready', merchant_uid: 'order-2' })
    const answers = await Promise.all(
      [impUid, 'imp_1', 'imp_none'].map((uid) => authorized(`/cvs/${uid}`, { method: 'DELETE' })),
    )
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 404])
  })
})
