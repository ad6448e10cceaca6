import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds, toRecord } from '../../../../test/merchant.ts'

const refused = (status: number, message: string, code = 1) => ({
  status,
  body: { code, message, response: null },
})
const impossible = refused(500, '상품주문 상태가 요청을 처리할 수 있는 상태가 아닙니다.', -1)
const unknownOrder = refused(404, '상품주문번호를 찾을 수 없습니다.')
const carrots = { product_name: '당근', product_amount: 6000, delivery_amount: 3000, quantity: 2 }
const leeks = { product_name: '대파', product_amount: 1000 }
const parcel = {
  delivery_method: 'DELIVERY',
  delivery_company: 'CJGLS',
  tracking_number: '1234567890',
  dispatched_at: fixedTimeSeconds,
}
const back = { delivery_method: 'RETURN_INDIVIDUAL' }

const setUp = async (products: readonly object[] = [carrots]) => {
  const merchant = createMerchant()
  await merchant.seedPayment({ imp_uid: 'imp_1', pg_provider: 'naverco', amount: 10_000 })
  const made = await merchant.control('/payments/imp_1/product-orders', { products })
  const orders = made.body['product_orders']
  const ids = (Array.isArray(orders) ? orders : []).map((order) =>
    String(toRecord(order)['product_order_id']),
  )
  const shop = (event: string, body: object = {}) =>
    merchant.send('POST', `/payments/imp_1/naver/${event}`, body)
  const buyer = (event: string, body: object = {}) =>
    merchant.control(`/product-orders/${ids[0]}/${event}`, body)
  const states = async () => {
    const { body } = await merchant.get('/payments/imp_1/naver/product-orders')
    const list = Array.isArray(body['response']) ? body['response'] : []
    return list.map(({ product_order_status, claim_type, claim_status }) =>
      [product_order_status, claim_type, claim_status].filter((value) => value !== null).join(' '),
    )
  }
  const cancelled = async () => {
    const { body } = await merchant.get('/payments/imp_1')
    return toRecord(body['response'])['cancel_amount']
  }
  const deliver = async () => {
    await shop('ship', parcel)
    await buyer('receive')
  }
  return { ...merchant, ids, shop, buyer, states, cancelled, deliver }
}

describe('product orders', () => {
  it('are read one by one and by payment', async () => {
    const merchant = createMerchant()
    await merchant.seedPayment({
      imp_uid: 'imp_1',
      pg_provider: 'naverco',
      name: '당근',
      buyer_name: '홍길동',
      buyer_tel: '01012345678',
      buyer_addr: '서울 어딘가 1',
      buyer_postcode: '04524',
    })
    const all = await merchant.get('/payments/imp_1/naver/product-orders')
    const [one] = Array.isArray(all.body['response']) ? all.body['response'] : []
    const id = String(toRecord(one)['product_order_id'])
    expect(all.body['response']).toEqual([
      {
        product_order_id: expect.stringMatching(/^\d{16}$/),
        product_order_status: 'PAYED',
        claim_type: null,
        claim_status: null,
        product_id: 'product-1',
        product_name: '당근',
        product_option_id: 'option-1',
        product_option_name: '기본',
        product_amount: 1000,
        delivery_amount: 0,
        quantity: 1,
        orderer: { name: '홍길동', id: 'sim****', tel: '01012345678' },
        shipping_address: {
          base: '서울 어딘가 1',
          detail: '',
          postcode: '04524',
          tel1: '01012345678',
          tel2: '',
          name: '홍길동',
        },
        shipping_memo: '',
        shipping_due: fixedTimeSeconds + 3 * 24 * 60 * 60,
        individual_code: null,
      },
    ])
    expect((await merchant.get(`/naver/product-orders/${id}`)).body['response']).toEqual(one)
  })

  it('are created from the window’s naverProducts, one per option, with their delivery fees', async () => {
    const { simulator, get } = createMerchant()
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: '',
      params: {
        pg: 'naverco',
        merchant_uid: 'order-1',
        amount: 9000,
        buyer_tel: '010-1234-5678',
        naverProducts: [
          {
            id: 'P1',
            name: '양말',
            basePrice: 1000,
            options: [
              { optionQuantity: 2, optionPrice: 500, selectionCode: 'R_L' },
              { optionQuantity: 1, optionPrice: 0, selectionCode: 'B_M' },
            ],
            shipping: { baseFee: 2500 },
          },
          { id: 'P2', name: '모자', basePrice: 5000, quantity: 1 },
        ],
      },
    })
    await simulator.paymentWindow.approve(String(opened.imp_uid), {})
    await simulator.clock.advance(60_000)
    const read = await get(`/payments/${opened.imp_uid}?include_sandbox=true`)
    expect(toRecord(read.body['response'])['amount']).toBe(11_500)
    const { body } = await get(`/payments/${opened.imp_uid}/naver/product-orders`)
    const line = (product_id: string, product_option_id: string, amounts: number[]) => {
      const [product_amount, quantity, delivery_amount] = amounts
      return { product_id, product_option_id, product_amount, quantity, delivery_amount }
    }
    expect(body['response']).toMatchObject([
      line('P1', 'R_L', [3000, 2, 2500]),
      line('P1', 'B_M', [1000, 1, 0]),
      line('P2', 'option-1', [5000, 1, 0]),
    ])
  })

  it('do not exist for other PGs, for unknown ids, and before the payment', async () => {
    const { seedPayment, get, send } = await setUp()
    await seedPayment({ imp_uid: 'imp_2', pg_provider: 'kcp' })
    await seedPayment({ imp_uid: 'imp_3', pg_provider: 'naverco', status: 'ready' })
    const none = refused(404, '네이버페이 주문형 결제건이 아닙니다.')
    expect(await get('/payments/imp_2/naver/product-orders')).toEqual(none)
    expect(await get('/payments/imp_3/naver/product-orders')).toEqual(none)
    expect(await send('POST', '/payments/imp_2/naver/place', {})).toEqual(none)
    const unknown = refused(404, '존재하지 않는 결제정보입니다.')
    expect(await get('/payments/imp_none/naver/product-orders')).toEqual(unknown)
    expect(await send('POST', '/payments/imp_none/naver/place', {})).toEqual(unknown)
    expect(await get('/naver/product-orders/1')).toEqual(unknownOrder)
  })

  it('are cancelled with the whole payment', async () => {
    const { send, states } = await setUp()
    await send('POST', '/payments/cancel', { imp_uid: 'imp_1' })
    expect(await states()).toEqual(['CANCELED ADMIN_CANCEL ADMIN_CANCEL_DONE'])
  })
})

describe('the events a shop causes', () => {
  it('accepts, ships and delivers a product order', async () => {
    const { shop, buyer, states } = await setUp()
    expect((await shop('place')).status).toBe(200)
    expect(await shop('place')).toEqual(impossible)
    expect(await states()).toEqual(['PAYED'])
    expect((await shop('ship', parcel)).body['response']).toMatchObject([
      { product_order_status: 'DELIVERING' },
    ])
    await buyer('receive')
    expect(await states()).toEqual(['DELIVERED'])
    await buyer('decide')
    expect(await states()).toEqual(['PURCHASE_DECIDED'])
    expect(await shop('cancel')).toEqual(impossible)
  })

  it('cancels one of two product orders and refunds it', async () => {
    const { shop, ids, states, cancelled } = await setUp([carrots, leeks])
    const response = await shop('cancel', { product_order_id: [ids[0]], reason: 'SOLD_OUT' })
    expect(response.body['response']).toMatchObject([
      { product_order_id: ids[0], product_order_status: 'CANCELED' },
    ])
    expect(await states()).toEqual(['CANCELED CANCEL CANCEL_DONE', 'PAYED'])
    expect(await cancelled()).toBe(9000)
  })

  it('returns 207 with the changed ones when only some could be changed', async () => {
    const { shop, ids } = await setUp([carrots, leeks])
    await shop('ship', { ...parcel, product_order_id: [ids[0]] })
    const rest = await shop('ship', parcel)
    expect([rest.status, rest.body['response']]).toMatchObject([
      207,
      [{ product_order_id: ids[1] }],
    ])
    const wrong = await shop('cancel', { product_order_id: ['1'] })
    expect(wrong).toEqual(unknownOrder)
  })

  it('returns 207 when one of the ids is unknown', async () => {
    const { shop, ids } = await setUp()
    const response = await shop('place', { product_order_id: [ids[0], '1'] })
    expect([response.status, response.body['code']]).toEqual([207, 0])
  })

  it('approves a buyer’s cancel request, and ships nothing in the meantime', async () => {
    const { shop, buyer, states, cancelled } = await setUp()
    expect(await shop('approve-cancel')).toEqual(impossible)
    await shop('place')
    await buyer('request-cancel')
    expect(await states()).toEqual(['PAYED CANCEL CANCEL_REQUEST'])
    expect(await shop('ship', parcel)).toEqual(impossible)
    await shop('approve-cancel')
    expect(await states()).toEqual(['CANCELED CANCEL CANCEL_DONE'])
    expect(await cancelled()).toBe(9000)
  })

  it('accepts a return: held, released, approved', async () => {
    const { shop, buyer, states, cancelled, deliver } = await setUp()
    await deliver()
    await buyer('request-return')
    await shop('withhold-return', { memo: '배송비 미입금', reason: 'RETURN_DELIVERYFEE' })
    expect(await states()).toEqual(['DELIVERED RETURN RETURN_REQUEST'])
    expect(await shop('approve-return')).toEqual(impossible)
    expect((await shop('resolve-return')).status).toBe(200)
    expect(await shop('resolve-return')).toEqual(impossible)
    expect((await shop('approve-return')).status).toBe(200)
    expect(await states()).toEqual(['RETURNED RETURN RETURN_DONE'])
    expect(await cancelled()).toBe(9000)
  })

  it('rejects a return that it requested itself', async () => {
    const { shop, states, cancelled, deliver } = await setUp()
    await deliver()
    await shop('request-return', { ...back, reason: 'BROKEN' })
    expect(await states()).toEqual(['DELIVERED RETURN RETURN_REQUEST'])
    await shop('reject-return', { memo: '사용 흔적' })
    expect(await states()).toEqual(['DELIVERED RETURN RETURN_REJECT'])
    expect(await cancelled()).toBe(0)
  })

  it('exchanges: collected, shipped again, received', async () => {
    const { shop, buyer, states, deliver } = await setUp()
    await deliver()
    await buyer('request-exchange')
    expect(await shop('ship-exchanged', parcel)).toEqual(impossible)
    await shop('collect-exchanged')
    expect(await states()).toEqual(['DELIVERED EXCHANGE COLLECT_DONE'])
    await shop('ship-exchanged', parcel)
    expect(await states()).toEqual(['DELIVERED EXCHANGE EXCHANGE_REDELIVERING'])
    await buyer('receive')
    expect(await states()).toEqual(['EXCHANGED EXCHANGE EXCHANGE_DONE'])
  })

  it.each([
    ['ship', 'delivery_method', { delivery_method: 'DRONE' }],
    ['ship', 'delivery_company', { delivery_company: 'DRONE' }],
    ['ship', 'tracking_number', { tracking_number: '' }],
    ['ship', 'dispatched_at', { dispatched_at: null }],
    ['ship-exchanged', 'delivery_method', { delivery_method: null }],
    ['request-return', 'delivery_method', {}],
    [
      'request-return',
      'delivery_company',
      { delivery_method: 'RETURN_DELIVERY', delivery_company: '' },
    ],
    ['request-return', 'reason', { reason: 'BORED' }],
    ['reject-return', 'memo', {}],
    ['withhold-return', 'memo', {}],
    ['withhold-return', 'reason', { memo: 'x', reason: 'EXTRAFEE' }],
    ['cancel', 'reason', { reason: 'BORED' }],
  ])('refuses to %s without a valid %s', async (event, name, changes) => {
    const { shop } = await setUp()
    expect(await shop(event, { ...parcel, ...changes })).toEqual(
      refused(400, `${name} 파라메터가 누락되었거나 올바르지 않습니다.`),
    )
  })

  it('needs no courier for a pickup by the buyer', async () => {
    const { shop } = await setUp()
    const body = { delivery_method: 'VISIT_RECEIPT', dispatched_at: fixedTimeSeconds }
    expect((await shop('ship', body)).status).toBe(200)
  })
})

describe('the events a buyer causes', () => {
  it('are refused when the status does not allow them', async () => {
    const { buyer, control } = await setUp()
    expect(await buyer('decide')).toEqual({
      status: 409,
      body: { reason: 'not_possible', status: 'PAYED' },
    })
    expect(await control('/product-orders/1/receive')).toEqual({
      status: 404,
      body: { reason: 'product_order_unknown' },
    })
    expect(await control('/payments/imp_1/product-orders', {})).toEqual({
      status: 400,
      body: { reason: 'invalid', field: 'products', expected: 'a list of one or more objects' },
    })
  })
})

describe('GET /naver/reviews', () => {
  const reviewsPath = (changes: Record<string, string> = {}) =>
    `/naver/reviews?${new URLSearchParams({
      channel_key: 'channel-key-naverco',
      from: String(fixedTimeSeconds),
      to: String(fixedTimeSeconds),
      review_type: 'premium',
      ...changes,
    })}`

  it('lists the reviews of a type and a period', async () => {
    const { buyer, get, ids } = await setUp()
    await buyer('review', { review_type: 'premium', title: '좋아요', content: '싱싱합니다' })
    await buyer('review', { title: '그럭저럭', score: '1' })
    const shown = {
      review_id: expect.stringMatching(/^\d{10}$/),
      product_order_id: ids[0],
      product_id: 'product-1',
      product_name: '당근',
      product_option_name: '기본',
      writer: 'sim****',
      created_at: fixedTimeSeconds,
      modified_at: null,
    }
    expect((await get(reviewsPath())).body['response']).toEqual([
      { ...shown, score: '13', title: '좋아요', content: '싱싱합니다' },
    ])
    expect((await get(reviewsPath({ review_type: 'general' }))).body['response']).toEqual([
      { ...shown, score: '1', title: '그럭저럭', content: null },
    ])
    const later = String(fixedTimeSeconds + 1)
    expect((await get(reviewsPath({ from: later, to: later }))).body['response']).toEqual([])
  })

  it.each([
    [{ channel_key: 'channel-key-kcp' }, '네이버페이 주문형 채널을 찾을 수 없습니다.'],
    [{ from: '' }, '조회 기간이 올바르지 않습니다.'],
    [{ to: '1' }, '조회 기간이 올바르지 않습니다.'],
    [{ review_type: 'short' }, 'review_type은 general 또는 premium이어야 합니다.'],
  ])('refuses %j', async (changes, message) => {
    const { get } = await setUp()
    expect(await get(reviewsPath(changes))).toEqual(refused(400, message))
  })
})
