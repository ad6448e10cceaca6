import { describe, expect, it } from 'vitest'
import { createShop } from '../fixtures/merchant.ts'

const book = {
  categoryType: 'BOOK',
  categoryId: 'GENERAL',
  uid: 'b-1',
  name: '결제 입문',
  count: 2,
}
const shipping = { groupId: 'g', baseFee: 2_500, feePayType: 'PREPAYED' }
const shoes = {
  id: 'shoes',
  name: '신발',
  basePrice: 10_000,
  infoUrl: 'https://shop.example/shoes',
  imageUrl: 'https://shop.example/shoes.jpg',
  options: [
    {
      optionQuantity: 3,
      optionPrice: -100,
      selectionCode: 'R_M',
      selections: [{ code: 'RED', label: '색상', value: '빨강' }],
    },
  ],
  shipping,
}
const orderOf = (merchant_uid: string) => ({ merchant_uid, amount: 29_700, currency: 'KRW' })
const naverpay = { pg_provider: 'naverpay' }

/** What the buyer's page reads of its order. */
async function readAsBuyer({ send }: ReturnType<typeof createShop>, id: string, token: unknown) {
  const headers = { authorization: `Bearer ${String(token)}` }
  return send(`/payments/orders/${id}`, { headers })
}

describe('the product lines of an order for Naver Pay', () => {
  it('are part of it: they are shown, and an order with others is another one', async () => {
    const { post, send } = createShop()
    const create = (naverProducts: unknown) =>
      post('/orders', { ...orderOf('NV-1'), naverProducts })
    const lines = [book, { ...book, uid: 'b-2', payReferrer: 'NAVER_BOOK', endDate: '20261231' }]
    expect(await create(lines)).toMatchObject({ status: 201, body: { naverProducts: lines } })
    // The order of the members of a line means nothing.
    const reordered = lines.map((line) => Object.fromEntries(Object.entries(line).toReversed()))
    expect(await create(reordered)).toMatchObject({ status: 200 })
    expect((await send('/orders/NV-1')).body['naverProducts']).toEqual(lines)
    for (const other of [undefined, [book], lines.toReversed(), [book, { ...book, count: 3 }]]) {
      expect(await create(other)).toMatchObject({ status: 409, body: { error: 'order_conflict' } })
    }
    const listed = await send('/orders?merchant_uid_prefix=NV-1')
    expect(listed.body['orders']).toEqual([expect.not.objectContaining({ naverProducts: lines })])
  })

  it.each([
    ['no line', []],
    ['a line without its number', [{ ...book, count: undefined }]],
    ['a number of 0', [{ ...book, count: 0 }]],
    ['half a piece', [{ ...book, count: 0.5 }]],
    ['a number as text', [{ ...book, count: '2' }]],
    ['an unknown member', [{ ...book, price: 100 }]],
    ['an empty name', [{ ...book, name: '' }]],
    ['a name of 201 characters', [{ ...book, name: '책'.repeat(201) }]],
    ['a day that is none', [{ ...book, startDate: '2026-12-31' }]],
    ['a day that no calendar has', [{ ...book, startDate: '20260231' }]],
    ['a day of no month', [{ ...book, startDate: '99999999' }]],
    ['an end before its start', [{ ...book, startDate: '20270131', endDate: '20260131' }]],
    ['a blank name', [{ ...book, name: ' \u00a0\u3000' }]],
    ['a name with NUL', [{ ...book, name: 'a\u0000' }]],
    ['a name with an escape sequence', [{ ...book, name: 'a\u001b[31m' }]],
    ['a name that turns text around', [{ ...book, name: 'a\u202e' }]],
    ['half a character', [{ ...book, name: '\ud800' }]],
    ['a line break', [{ ...shoes, giftName: 'a\u2028b' }]],
    ['a group with NUL', [{ ...shoes, shipping: { ...shipping, groupId: '\u0000' } }]],
    ['an address with NUL', [{ ...shoes, imageUrl: 'https://shop.example/\u0000' }]],
    ['an address that turns text around', [{ ...shoes, infoUrl: 'https://shop.example/\u202e' }]],
    [
      'an option that makes its goods cheaper than 0',
      [{ ...shoes, options: [{ optionQuantity: 1, optionPrice: -10_001 }] }],
    ],
    ['lines of both types', [book, shoes]],
    ['an address that runs a script', [{ ...shoes, infoUrl: 'javascript:alert(1)' }]],
    ['a negative price', [{ ...shoes, basePrice: -1 }]],
    ['a fee of no known kind', [{ ...shoes, shipping: { ...shipping, feePayType: 'LATER' } }]],
    ['text', 'book'],
  ])('T240: refuses %s', async (_, naverProducts) => {
    const { status, body } = await createShop().post('/orders', {
      ...orderOf('NV-2'),
      naverProducts,
    })
    expect([status, body['error'], body['detail']]).toEqual([
      400,
      'request_invalid',
      expect.stringContaining('naverProducts'),
    ])
  })

  it.each([
    ['a line without its number', [{ ...book, count: undefined }], '0.count'],
    ['a number as text in the second line', [book, { ...book, count: '2' }], '1.count'],
    ['an unknown member', [{ ...book, price: 100 }], '0.price'],
    [
      'a fee of no known kind',
      [{ ...shoes, shipping: { ...shipping, feePayType: 'LATER' } }],
      '0.shipping.feePayType: PREPAYED, CASH_ON_DELIVERY',
    ],
    ['an order line without its price', [{ ...shoes, basePrice: undefined }], '0.basePrice'],
    ['no line', [], ''],
    ['text', 'book', ''],
  ])('names the field that is wrong: %s', async (_, naverProducts, field) => {
    const { body } = await createShop().post('/orders', { ...orderOf('NV-2'), naverProducts })
    const path = ['naverProducts', field].filter(Boolean).join('.')
    expect(body['detail']).toBe(path)
  })

  it('T240: takes 50 lines, and refuses 51 and 5,000 of them, and more than a row should hold', async () => {
    const { post } = createShop()
    const create = (count: number, more: object = {}) => {
      const naverProducts = Array.from({ length: count }, (_, at) => ({
        ...book,
        uid: `b-${at}`,
        ...more,
      }))
      return post('/orders', { ...orderOf('NV-3'), naverProducts })
    }
    expect((await create(51)).status).toBe(400)
    expect(await create(5_000)).toMatchObject({ status: 413, body: { error: 'body_too_large' } })
    for (const letter of ['책', 'b']) {
      expect((await create(40, { name: letter.repeat(200) })).status).toBe(400)
    }
    expect((await create(50)).status).toBe(201)
  })

  it('takes 8,000 characters in Korean, each written as three bytes or as six', async () => {
    const { post } = createShop()
    const naverProducts = Array.from({ length: 28 }, (_, at) => ({
      ...book,
      uid: `b-${at}`,
      name: '책'.repeat(200),
    }))
    const rest = 8_000 - JSON.stringify([...naverProducts, { ...book, name: '' }]).length
    naverProducts.push({ ...book, name: '책'.repeat(rest) })
    expect(JSON.stringify(naverProducts)).toHaveLength(8_000)
    const order = (id: string) => ({ ...orderOf(id), naverProducts })
    expect((await post('/orders', order('NV-8'))).status).toBe(201)
    const escaped = JSON.stringify(order('NV-9')).replaceAll('책', '\\ucc45')
    expect((await post('/orders', escaped)).status).toBe(201)
  })

  it.each([
    ['goods of the order type for the payment type', naverpay, [shoes], 'naverProducts[].uid'],
    [
      'goods of the payment type for the order type',
      { pg_provider: 'naverco' },
      [book],
      'naverProducts[].id',
    ],
  ])('T210: refuses %s', async (_, expected_channel, naverProducts, parameter) => {
    const { status, body } = await createShop().post('/orders', {
      ...orderOf('NV-4'),
      expected_channel,
      naverProducts,
    })
    expect([status, body['error'], body['parameters']]).toEqual([
      422,
      'channel_unsuitable',
      expect.arrayContaining([parameter]),
    ])
  })

  it('T239: the buyer’s page reads them with the token of its order, and the window takes them as they are', async () => {
    const shop = createShop()
    const created = await shop.post('/orders', {
      ...orderOf('NV-5'),
      expected_channel: naverpay,
      naverProducts: [book],
    })
    const read = await readAsBuyer(shop, 'NV-5', created.body['order_token'])
    expect(read.body).toMatchObject({ amount: 29_700, currency: 'KRW', naverProducts: [book] })
    expect((await readAsBuyer(shop, 'NV-5', 'a-token-of-nobody')).status).toBe(404)

    const { amount, naverProducts } = read.body
    const window = { pg: 'naverpay', naverPopupMode: true, amount }
    const without = () => shop.pay('NV-5', window)
    await expect(without()).rejects.toThrow('naverProducts')
    await expect(
      shop.pay('NV-5', { ...window, naverProducts: [{ ...book, categoryId: '' }] }),
    ).rejects.toThrow('naverProducts')
    const impUid = await shop.pay('NV-5', { ...window, naverProducts })
    expect(await shop.report('NV-5', impUid)).toMatchObject({ body: { status: 'success' } })
    expect((await shop.send('/orders/NV-5')).body).toMatchObject({
      status: 'paid',
      naverProducts: [book],
    })
  })

  it('T239: of the order type they are the product orders that Naver reports, with its delivery fee', async () => {
    const shop = createShop()
    const created = await shop.post('/orders', {
      ...orderOf('NV-6'),
      allowances: ['naverco_delivery_fee'],
      expected_channel: { pg_provider: 'naverco' },
      naverProducts: [shoes],
    })
    const read = await readAsBuyer(shop, 'NV-6', created.body['order_token'])
    const { amount, naverProducts } = read.body
    const window = { pg: 'naverco', buyer_tel: '010-1234-5678', amount, naverProducts }
    const impUid = await shop.pay('NV-6', window)
    // The provider asks Naver once a minute.
    await shop.control('/clock', { advance_ms: 60_000 })
    expect(await shop.report('NV-6', impUid)).toMatchObject({ body: { status: 'success' } })
    expect((await shop.send('/orders/NV-6')).body).toMatchObject({
      status: 'paid',
      amount: 29_700,
      paid_amount: 32_200,
    })
  })

  it('are null where none were named', async () => {
    const shop = createShop()
    const created = await shop.post('/orders', orderOf('NV-7'))
    expect(created.body['naverProducts']).toBeNull()
    const read = await readAsBuyer(shop, 'NV-7', created.body['order_token'])
    expect(read.body['naverProducts']).toBeNull()
  })
})
