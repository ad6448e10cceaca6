import { describe, expect, it } from 'vitest'
import {
  certifications,
  codes,
  escrow,
  kakao,
  links,
  naver,
  partners,
  payments,
  paymentwall,
  receipts,
  tiers,
  unwrap,
  users,
} from '../src/index.ts'
import { createSimulatedClient } from './simulated-client.ts'

describe('the other groups with a simulated provider', () => {
  it('receipts: one of a bank transfer, one of a sale outside the provider, each cancelled', async () => {
    const { client, pay, startedAt } = createSimulatedClient()
    const identifier = { identifier: '01012345678', identifier_type: 'phone' } as const
    const imp_uid = await pay({ merchant_uid: 'T-1', pay_method: 'trans' })
    const issued = unwrap(await client.call(receipts.post, { imp_uid, ...identifier }))
    expect([issued.imp_uid, issued.amount, issued.applied_at]).toEqual([imp_uid, 10_000, startedAt])
    expect(unwrap(await client.call(receipts.get, { imp_uid }))).toEqual(issued)
    expect(unwrap(await client.call(receipts.remove, { imp_uid })).cancelled_at).toBe(startedAt)

    const merchant_uid = '현금 1/2'
    const channel_key = 'channel-key-html5_inicis'
    const sale = { merchant_uid, channel_key, name: '현금', amount: 1000, ...identifier }
    const external = unwrap(await client.call(receipts.postExternal, sale))
    expect(unwrap(await client.call(receipts.getExternal, { merchant_uid }))).toEqual(external)
    const gone = unwrap(await client.call(receipts.removeExternal, { merchant_uid }))
    expect(gone).toEqual({ ...external, cancelled_at: startedAt })
  })

  it('certifications: a code is sent and confirmed, the result read and deleted', async () => {
    const { client, startedAt } = createSimulatedClient()
    const { imp_uid } = unwrap(
      await client.call(certifications.requestOtp, {
        name: '홍길동',
        phone: '010-1234-5678',
        birth: '19900102',
        gender_digit: '1',
        carrier: 'SKT',
        channel_key: 'channel-key-danal',
      }),
    )
    const otp = '123456'
    const person = unwrap(await client.call(certifications.confirmOtp, { imp_uid, otp }))
    expect([person.name, person.birthday, person.certified_at]).toEqual([
      '홍길동',
      '1990-01-02',
      startedAt,
    ])
    expect(unwrap(await client.call(certifications.get, { imp_uid }))).toEqual(person)
    expect(unwrap(await client.call(certifications.remove, { imp_uid }))).toEqual(person)
    expect(await client.call(certifications.get, { imp_uid })).toEqual({
      ok: false,
      failure: {
        reason: 'not_found',
        httpStatus: 404,
        code: 1,
        message: '인증결과가 존재하지 않습니다.',
      },
    })
  })

  it('escrow: a delivery is registered once, changed and read', async () => {
    const { client, pay, startedAt } = createSimulatedClient()
    const imp_uid = await pay({ merchant_uid: 'E-1', escrow: true })
    const person = { name: '홍길동', tel: '010', addr: '서울', postcode: '06018' }
    const logis = { company: 'CJGLS', invoice: '1', sent_at: startedAt }
    const delivery = { imp_uid, sender: person, receiver: person, logis }
    expect(await client.call(escrow.get, { imp_uid })).toMatchObject({
      failure: { reason: 'refused', httpStatus: 409 },
    })
    const registered = unwrap(await client.call(escrow.post, delivery))
    expect(registered).toEqual({ ...logis, applied_at: startedAt })
    expect(await client.call(escrow.post, delivery)).toMatchObject({
      failure: { reason: 'refused', httpStatus: 409 },
    })
    const changed = { ...delivery, logis: { ...logis, invoice: '2' } }
    expect(unwrap(await client.call(escrow.put, changed)).invoice).toBe('2')
    expect(unwrap(await client.call(escrow.get, { imp_uid })).invoice).toBe('2')
  })

  it('naver: a product order is confirmed and shipped', async () => {
    const { client, pay, startedAt } = createSimulatedClient()
    const imp_uid = await pay({
      merchant_uid: 'N-1',
      pg: 'naverco',
      buyer_tel: '010-1234-5678',
      naverProducts: [{ id: 'P1', name: '양말', basePrice: 1000 }],
    })
    const [order] = unwrap(await client.call(naver.productOrders, { imp_uid }))
    if (order === undefined) throw new Error('The payment has no product order')
    const { product_order_id } = order
    expect(unwrap(await client.call(naver.productOrder, { product_order_id }))).toEqual(order)
    unwrap(await client.call(naver.place, { imp_uid, product_order_id: [product_order_id] }))
    const [sent] = unwrap(
      await client.call(naver.ship, {
        imp_uid,
        delivery_method: 'DELIVERY',
        delivery_company: 'CJGLS',
        tracking_number: '1234',
        dispatched_at: startedAt,
      }),
    )
    expect([order.product_order_status, sent?.product_order_status]).toEqual([
      'PAYED',
      'DELIVERING',
    ])
    expect(await client.call(naver.cashAmount, { imp_uid })).toMatchObject({
      failure: { reason: 'refused', httpStatus: 400 },
    })
  })

  it('naver: points and confirmations have no value', async () => {
    const { client, pay } = createSimulatedClient()
    const product = { categoryType: 'PRODUCT', categoryId: 'GENERAL', uid: 'P1', name: '양말' }
    const naverProducts = [{ ...product, count: 1 }]
    const imp_uid = await pay({ merchant_uid: 'N-2', pg: 'naverpay', escrow: true, naverProducts })
    const nothing = { ok: true, value: null, partial: false }
    expect(await client.call(naver.confirm, { imp_uid })).toEqual(nothing)
    expect(await client.call(naver.point, { imp_uid })).toEqual(nothing)
    // A card payment has no cash receipt.
    expect(unwrap(await client.call(naver.cashAmount, { imp_uid })).amount_total).toBe(0)
  })

  it('links: one is created and disabled, without a token', async () => {
    const { client, startedAt } = createSimulatedClient()
    const { shortenedUrl } = unwrap(
      await client.call(links.post, {
        payment_info: {
          title: '결제',
          user_code: 'imp00000000',
          amount: 1000,
          merchant_uid: 'L-1',
          name: '티셔츠',
          buyer_tel: '0100000000',
          pay_methods: [{ pg: 'html5_inicis', pay_method: 'card' }],
        },
        expired_at: startedAt + 3600,
      }),
    )
    const id = shortenedUrl.split('/').at(-1) ?? ''
    expect(await client.call(links.disable, { id })).toMatchObject({ ok: true })
    expect(await client.call(links.disable, { id: 'nothing' })).toMatchObject({
      ok: false,
      failure: { reason: 'not_found', httpStatus: 404, code: null },
    })
  })

  it('codes, users, tiers and kakao: the data of the console and the code tables', async () => {
    const { client } = createSimulatedClient()
    const bank = unwrap(await client.call(codes.bank, { bank_standard_code: '004' }))
    expect(unwrap(await client.call(codes.banks, {}))).toContainEqual(bank)
    const [card] = unwrap(await client.call(codes.cards, {}))
    if (card === undefined) throw new Error('There are no cards')
    const found = await client.call(codes.card, { card_standard_code: card.code })
    expect(unwrap(found)).toEqual(card)
    expect(unwrap(await client.call(users.pg, {}))).toContainEqual(
      expect.objectContaining({ pg_provider: 'kcp', sandbox: true, type: 'payment' }),
    )
    const tier = { tier_code: 'T01', tier_name: '하위상점 1' }
    expect(unwrap(await client.call(tiers.get, { tier_code: 'T01' }))).toEqual(tier)
    const day = { payment_request_date: '20260302' }
    expect(await client.call(kakao.orders, day)).toMatchObject({ ok: true })
  })

  it('tiers: a sub-merchant does not see the payments of the agency', async () => {
    const { client, pay } = createSimulatedClient()
    const params = { imp_uid: await pay({ merchant_uid: 'A-1' }), include_sandbox: true }
    expect((await client.call(payments.get, params)).ok).toBe(true)
    expect(await client.call(payments.get, params, { tier: 'T01' })).toMatchObject({
      ok: false,
      failure: { reason: 'not_found' },
    })
  })

  it('partners and paymentwall: a sales slip with shares, a report of a delivery', async () => {
    const { client, pay, startedAt } = createSimulatedClient()
    const share = { business_registration_number: '123-45-67890', company_name: '상점' }
    const imp_uid = await pay({ merchant_uid: 'P-1' })
    const data = [{ ...share, amount: 10_000 }]
    const slip = unwrap(await client.call(partners.receipts, { imp_uid, data }))
    expect(slip.receipt_url).toMatch(/^https:/)

    const buyer = { buyer_name: 'Gildong Hong', buyer_email: 'hong@example.com' }
    const paid = await pay({ merchant_uid: 'W-1', pg: 'paymentwall', ...buyer })
    const report = await client.call(paymentwall.delivery, {
      imp_uid: paid,
      merchant_uid: 'W-1',
      type: 'digital',
      status: 'delivered',
      estimated_delivery_datetime: startedAt,
      estimated_update_datetime: startedAt,
      refundable: 'yes',
      shipping_address_email: 'a@example.com',
    })
    expect(report).toMatchObject({ ok: true })
  })
})
