import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf } from '../../../test/merchant.ts'
import { defaultChannels } from './default-channels.ts'

// "Set up PG" of the provider's guide: each PG by one of its codes, then the easy pays.
const pgs =
  'kcp html5_inicis nice_v2 tosspayments kicc paymentwall daou danal_tpay jtnet settle mobilians smartro_v2 paypal_v2 eximbay bluewalnut'
const easyPays = 'kakaopay tosspay naverpay payco chai alipay'

describe('the default channels', () => {
  it.each([...pgs.split(' '), ...easyPays.split(' ')])('have one for windows of %s', async (pg) => {
    const { call } = createMerchant()
    const { body } = await call('/users/pg/imp00000000')
    expect(body['data']).toContainEqual(
      expect.objectContaining({ pg_provider: pg, type: 'payment', sandbox: true }),
    )
  })

  it('have keys of their own', () => {
    const keys = defaultChannels.map(({ channel_key }) => channel_key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('charges by a server', () => {
  const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12' }
  const order = { merchant_uid: 'order-1', amount: 1000, name: '구독' }

  it.each(['', 'nice_v2', 'tosspayments', 'html5_inicis'])(
    'are read back without include_sandbox (pg: %j)',
    async (pg) => {
      const { send, get } = createMerchant()
      const charged = await send('POST', '/subscribe/payments/onetime', { ...order, ...card, pg })
      const read = await get(`/payments/${String(fieldOf(charged, 'imp_uid'))}`)
      expect(read).toEqual(charged)
      expect(fieldOf(read, 'sandbox')).toBe(false)
    },
  )
})
