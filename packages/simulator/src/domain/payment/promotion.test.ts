import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf } from '../../../test/merchant.ts'
import { discountFor, type Promotion } from './promotion.ts'

const shinhan = 'promotion-id-simulator-shinhan'
const hyundai = 'promotion-id-simulator-hyundai'
const cardData = { card_number: '4518-4212-3456-7894', expiry: '2048-12' }

describe('discountFor()', () => {
  const rule: Promotion = {
    id: 'promotion-id-1',
    card_code: '366',
    steps: [
      { from: 10_000, percent: 10 },
      { from: 50_000, percent: 20 },
    ],
    maxDiscount: 30_000,
  }
  it.each([
    [9999, 0],
    [10_000, 1000],
    [10_009, 1000],
    [49_999, 4999],
    [50_000, 10_000],
    [1_000_000, 30_000],
  ])('discounts %i won by %i', (amount, discount) => {
    expect(discountFor(rule, amount)).toBe(discount)
  })
  it('discounts at most the amount', () => {
    expect(discountFor({ ...rule, steps: [{ from: 0, won: 1000 }] }, 700)).toBe(700)
  })
})

describe('a promotion in a window', () => {
  const open = (params: Record<string, unknown>) => {
    const merchant = createMerchant()
    const { paymentWindow } = merchant.simulator
    const order = { merchant_uid: 'order-1', amount: 10_000, promotion_id: hyundai }
    const request = { user_code: 'imp00000000', device: 'pc' as const, user_agent: 'test' }
    return {
      ...merchant,
      paymentWindow,
      opened: paymentWindow.open({ ...request, params: { ...order, ...params } }),
    }
  }
  const refused = (error_msg: string) => ({
    ok: false,
    imp_uid: null,
    merchant_uid: 'order-1',
    error_code: 'F400',
    error_msg,
  })

  it('is in the record, beside the amount of the order', async () => {
    const { paymentWindow, opened } = open({ card: { direct: { code: '367', quota: 0 } } })
    const { payment } = await paymentWindow.approve(String(opened.imp_uid), {})
    const { amount, promotion, card_code, status } = payment
    expect({ amount, promotion, card_code, status }).toEqual({
      amount: 10_000,
      promotion: { id: hyundai, discount: 1000 },
      card_code: '367',
      status: 'paid',
    })
  })

  it.each([
    ['without a card company', {}, '프로모션은 카드사를 지정해야 합니다.'],
    [
      'with another card company',
      { card: { direct: { code: '366' } } },
      '프로모션의 카드사와 결제 카드사가 다릅니다.',
    ],
  ])('opens none %s', (_, params, text) => {
    expect(open(params).opened).toEqual(refused(text))
  })

  it.each([
    ['below its first step', { amount: 4999, card: { direct: { code: '367' } } }],
    ['that is not running', { promotion_id: 'promotion-id-over' }],
    ['in another currency', { currency: 'USD' }],
  ])('gives no discount %s', async (_, params) => {
    const { paymentWindow, opened } = open(params)
    const { payment } = await paymentWindow.approve(String(opened.imp_uid), {})
    expect([payment.status, payment.promotion]).toEqual(['paid', null])
  })
})

describe('a promotion of a charge without a window', () => {
  it('is applied to the right card', async () => {
    const { send } = createMerchant()
    const order = { merchant_uid: 'order-1', amount: 60_000, promotion_id: shinhan }
    const response = await send('POST', '/subscribe/payments/onetime', { ...order, ...cardData })
    expect(fieldOf(response, 'promotion')).toEqual({ id: shinhan, discount: 12_000 })
  })

  it.each(['/subscribe/payments/onetime', '/subscribe/payments/again'])(
    'refuses another card at %s',
    async (path) => {
      const { send } = createMerchant()
      await send('POST', '/subscribe/customers/gildong', cardData)
      const order = { merchant_uid: 'order-1', amount: 60_000, promotionId: hyundai }
      const body = {
        ...order,
        ...(path.endsWith('again') ? { customer_uid: 'gildong' } : cardData),
      }
      expect((await send('POST', path, body)).body).toEqual({
        code: 1,
        message: '프로모션의 카드사와 결제 카드사가 다릅니다.',
        response: null,
      })
    },
  )
})

describe('a cancel of a payment with a promotion', () => {
  const setUp = async (amount: number, promotion_id: string) => {
    const promotions: Promotion[] = [
      { id: 'promotion-id-percent', card_code: '366', steps: [{ from: 5000, percent: 10 }] },
      { id: 'promotion-id-won', card_code: '366', steps: [{ from: 5000, won: 1000 }] },
      { id: 'promotion-id-ten', card_code: '366', steps: [{ from: 10_000, percent: 10 }] },
    ]
    const { send } = createMerchant({ promotions })
    const order = { merchant_uid: 'order-1', amount, promotion_id, ...cardData }
    await send('POST', '/subscribe/payments/onetime', order)
    const cancel = async (body: object) => {
      const request = { merchant_uid: 'order-1', ...body }
      const response = await send('POST', '/payments/cancel', request)
      return response.body['message'] ?? fieldOf(response, 'cancel_amount')
    }
    return { cancel }
  }
  const broken = '취소 후 잔여 승인 금액이 현재 승인 금액보다 커져 취소할 수 없습니다.'
  const differs = 'retain_promotion은 첫 부분취소와 같아야 합니다.'

  it('counts in amounts of the order, not of the charge', async () => {
    const { cancel } = await setUp(10_000, 'promotion-id-ten')
    expect(await cancel({ amount: 10_000, checksum: 10_000 })).toBe(10_000)
  })

  it('is refused when the rest would cost more than was charged', async () => {
    const { cancel } = await setUp(10_000, 'promotion-id-ten')
    expect([
      await cancel({ amount: 500 }),
      await cancel({ amount: 500, retain_promotion: true }),
    ]).toEqual([broken, 500])
  })

  it.each(['promotion-id-percent', 'promotion-id-won'])(
    'keeps the first choice (%s)',
    async (promotion) => {
      const { cancel } = await setUp(6000, promotion)
      expect([
        await cancel({ amount: 2000 }),
        await cancel({ amount: 1000, checksum: 4000, retain_promotion: true }),
        await cancel({ amount: 1000, checksum: 4000 }),
        await cancel({}),
      ]).toEqual([2000, differs, 3000, 6000])
    },
  )
})
