import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds, toRecord } from '../../test/merchant.ts'

const account = {
  merchant_uid: 'order-1',
  amount: 1000,
  channel_key: 'channel-key-settle',
  vbank_code: '004',
  vbank_due: fixedTimeSeconds + 3600,
  vbank_holder: '가게',
}
const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12' }
const charge = { merchant_uid: 'order-1', amount: 50_000, name: '구독', ...card }
const otpRequest = {
  channel_key: 'channel-key-danal',
  name: '홍길동',
  phone: '010-1234-5678',
  birth: '19900131',
  gender_digit: '1',
  carrier: 'SKT',
}
const person = { name: '가게', tel: '02', postcode: '04524', formed_address: {} }
const delivery = {
  sender: person,
  receiver: person,
  logis: { company: 'CJGLS', invoice: '1', sent_at: fixedTimeSeconds },
}
const refund = { refund_holder: '홍길동', refund_bank: '004', refund_account: '1' }

type Merchant = ReturnType<typeof createMerchant>

const operations: readonly (readonly [string, string, (merchant: Merchant) => Promise<unknown>])[] =
  [
    ['vbanks', 'POST /vbanks', ({ send }) => send('POST', '/vbanks', account)],
    [
      'fixed_vbank',
      'POST /vbanks with fixed_unlimited_vbank',
      ({ send }) => send('POST', '/vbanks', { ...account, fixed_unlimited_vbank: true }),
    ],
    [
      'vbank_refund',
      'a cancel of a deposit',
      async ({ seedPayment, send }) => {
        await seedPayment({ imp_uid: 'imp_1', pay_method: 'vbank' })
        return send('POST', '/payments/cancel', { imp_uid: 'imp_1', ...refund })
      },
    ],
    [
      'partial_cancel',
      'a cancel of a part',
      async ({ seedPayment, send }) => {
        await seedPayment({ imp_uid: 'imp_1' })
        return send('POST', '/payments/cancel', { imp_uid: 'imp_1', amount: 400 })
      },
    ],
    [
      'interest_free',
      'a charge free of interest',
      ({ send }) =>
        send('POST', '/subscribe/payments/onetime', {
          ...charge,
          card_quota: 3,
          interest_free_by_merchant: true,
        }),
    ],
    [
      'card_point',
      'a charge with card points',
      ({ send }) =>
        send('POST', '/subscribe/payments/onetime', { ...charge, use_card_point: true }),
    ],
    [
      'escrow',
      'a delivery at Smartro',
      async ({ seedPayment, send }) => {
        await seedPayment({ imp_uid: 'imp_1', pg_provider: 'smartro_v2', escrow: true })
        return send('POST', '/escrows/logis/imp_1', delivery)
      },
    ],
    [
      'certification_otp',
      'POST /certifications/otp/request',
      ({ send }) => send('POST', '/certifications/otp/request', otpRequest),
    ],
  ]

describe('without a contract', () => {
  it.each(operations)('%s: %s is refused, and runs with it', async (name, _, operate) => {
    const without = createMerchant({ contracts: { [name]: false } })
    const refused = toRecord(await operate(without))
    expect(refused).toEqual({
      status: 200,
      body: {
        code: -1,
        message: expect.stringMatching(/계약이 필요합니다\.$/),
        response: null,
      },
    })
    expect(toRecord(await operate(createMerchant()))).toMatchObject({
      status: 200,
      body: { code: 0 },
    })
  })

  it('POST /vbanks leaves no payment behind', async () => {
    const { send, get } = createMerchant({ contracts: { vbanks: false } })
    await send('POST', '/vbanks', account)
    expect((await get('/payments/findAll/order-1')).status).toBe(404)
  })

  it('no window opens for escrow', () => {
    const { simulator } = createMerchant({ contracts: { escrow: false } })
    const params = { merchant_uid: 'order-1', amount: 1000, escrow: true }
    const request = { user_code: 'imp00000000', device: 'pc', user_agent: '', params } as const
    expect(simulator.paymentWindow.open(request)).toEqual({
      ok: false,
      imp_uid: null,
      merchant_uid: 'order-1',
      error_code: 'F400',
      error_msg: '에스크로 결제는 PG사와 사전 계약이 필요합니다.',
    })
  })
})
