import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../../test/merchant.ts'

const refused = (status: number, message: string, code = 1) => ({
  status,
  body: { code, message, response: null },
})
const bare = { status: 200, body: { code: 0, message: null } }
const setUp = async (payment: object = {}) => {
  const merchant = createMerchant()
  await merchant.seedPayment({
    imp_uid: 'imp_1',
    pg_provider: 'naverpay',
    pay_method: 'point',
    amount: 11_000,
    ...payment,
  })
  const post = (event: string, imp_uid = 'imp_1') =>
    merchant.send('POST', `/payments/${imp_uid}/naver/${event}`, {})
  const cash = () => merchant.get('/payments/imp_1/naver/cash-amount')
  return { ...merchant, post, cash }
}
const unknown = refused(404, '존재하지 않는 결제정보입니다.')
const notNaverPay = refused(400, '네이버페이 결제형 결제건이 아닙니다.')

describe('POST /payments/{imp_uid}/naver/point', () => {
  it('credits points once, with an envelope without a response', async () => {
    const { post } = await setUp()
    expect(await post('point')).toEqual(bare)
    expect(await post('point')).toEqual(refused(500, '이미 포인트가 적립된 거래입니다.', -1))
  })

  it('credits none for an unpaid payment, another PG and an unknown payment', async () => {
    const ready = await setUp({ status: 'ready' })
    const kcp = await setUp({ pg_provider: 'kcp' })
    expect(await ready.post('point')).toEqual(refused(500, '결제완료된 거래가 아닙니다.', -1))
    expect(await kcp.post('point')).toEqual({ ...notNaverPay, status: 404 })
    expect(await kcp.post('point', 'imp_none')).toEqual(unknown)
  })
})

describe('POST /payments/{imp_uid}/naver/confirm', () => {
  it('confirms an escrow order once', async () => {
    const { post } = await setUp({ escrow: true })
    expect(await post('confirm')).toEqual(bare)
    expect(await post('confirm')).toEqual(refused(500, '이미 거래완료된 주문건입니다.', -1))
    expect(await post('point')).toEqual(bare)
  })

  it('confirms nothing else', async () => {
    const plain = await setUp()
    const ready = await setUp({ status: 'ready', escrow: true })
    const kcp = await setUp({ pg_provider: 'kcp', escrow: true })
    expect(await plain.post('confirm')).toEqual(refused(500, '에스크로 주문건이 아닙니다.', -1))
    expect(await ready.post('confirm')).toEqual(refused(500, '결제완료된 거래가 아닙니다.', -1))
    expect(await kcp.post('confirm')).toEqual({ ...notNaverPay, status: 404 })
    expect(await kcp.post('confirm', 'imp_none')).toEqual(unknown)
  })
})

describe('GET /payments/{imp_uid}/naver/cash-amount', () => {
  it.each([
    ['point', { amount_by_npoint: 10_000, amount_by_primary: 0 }],
    ['trans', { amount_by_npoint: 0, amount_by_primary: 10_000 }],
  ])(
    'returns the amount a receipt may cover after a partial cancel (%s)',
    async (pay_method, parts) => {
      const { cash, send } = await setUp({ pay_method })
      await send('POST', '/payments/cancel', { imp_uid: 'imp_1', amount: 1000 })
      expect(await cash()).toEqual({
        status: 200,
        body: {
          code: 0,
          message: null,
          response: { amount_total: 10_000, ...parts, amount_supply: 9091, amount_vat: 909 },
        },
      })
    },
  )

  it('does not count a card payment', async () => {
    const { cash } = await setUp({ pay_method: 'card' })
    expect((await cash()).body['response']).toEqual({
      amount_total: 0,
      amount_by_npoint: 0,
      amount_by_primary: 0,
      amount_supply: 0,
      amount_vat: 0,
    })
  })

  it('refuses another PG, an unpaid payment and an unknown payment', async () => {
    const kcp = await setUp({ pg_provider: 'kcp' })
    const ready = await setUp({ status: 'ready' })
    expect(await kcp.cash()).toEqual(notNaverPay)
    expect(await ready.cash()).toEqual(refused(500, '결제완료된 거래가 아닙니다.', -1))
    expect(await kcp.get('/payments/imp_none/naver/cash-amount')).toEqual({
      ...unknown,
      status: 400,
    })
  })
})
