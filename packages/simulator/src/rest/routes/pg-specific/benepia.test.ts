import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf } from '../../../../test/merchant.ts'

const login = {
  benepia_user: 'gildong',
  benepia_password: 'secret-1',
  channel_key: 'channel-key-kcp',
}
const order = { ...login, merchant_uid: 'order-1', amount: 30_000, name: '복지몰' }

describe('/benepia', () => {
  it('charges points and returns the balance', async () => {
    const { send } = createMerchant()
    const before = await send('POST', '/benepia/point', login)
    const paid = await send('POST', '/benepia/payment', { ...order, benepia_member_code: 'M1' })
    const after = await send('POST', '/benepia/point/', login)

    expect([before, after].map(({ body }) => body['response'])).toEqual([
      { point: 100_000 },
      { point: 70_000 },
    ])
    expect(paid.body['response']).toMatchObject({
      status: 'paid',
      pay_method: 'point',
      pg_provider: 'kcp',
      channel: 'api',
      amount: 30_000,
      sandbox: false,
      card_number: null,
    })
  })

  it('marks a payment without a member code as a test', async () => {
    const { send } = createMerchant()
    expect(fieldOf(await send('POST', '/benepia/payment', order), 'sandbox')).toBe(true)
  })

  it('returns 500 when the points are not enough, and charges none', async () => {
    const { send, control } = createMerchant()
    await control('/benepia', { benepia_user: 'gildong', point: 100 })
    const response = await send('POST', '/benepia/payment', order)
    expect([response.status, response.body['code']]).toEqual([500, -1])
    expect(fieldOf(await send('POST', '/benepia/point', login), 'point')).toBe(100)
  })

  for (const [name, wrong, status] of [
    ['the wrong password', { benepia_password: 'wrong' }, 500],
    ['no login', { benepia_user: null }, 400],
    ['a channel of another PG', { channel_key: 'channel-key-payco' }, 200],
  ] as const) {
    it(`refuses ${name} at both endpoints, and never repeats the password`, async () => {
      const { send } = createMerchant()
      for (const path of ['/benepia/point', '/benepia/payment']) {
        const response = await send('POST', path, { ...order, ...wrong })
        expect([response.status, response.body['response']]).toEqual([status, null])
        expect(JSON.stringify(response.body)).not.toContain('secret-1')
      }
    })
  }
})
