import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds } from '../../../../test/merchant.ts'

const refused = (status: number, message: string, code = 1) => ({
  status,
  body: { code, message, response: null },
})
const neverIssued =
  '해당 아임포트 고유 번호(imp_1)로 현금영수증을 발급 한 내역이 존재하지 않습니다.'
const issued = (id: object, changes: object = {}) => ({
  status: 200,
  body: {
    code: 0,
    message: null,
    response: {
      ...id,
      receipt_tid: expect.stringMatching(/^receipt_\d{16}$/),
      apply_num: expect.stringMatching(/^\d{9}$/),
      type: 'person',
      amount: 11_000,
      vat: 1000,
      receipt_url: expect.stringMatching(/^https:\/\/receipt\.example\/slips\?tid=receipt_\d{16}$/),
      applied_at: fixedTimeSeconds,
      cancelled_at: 0,
      ...changes,
    },
  },
})
const phone = { identifier: '01012345678', identifier_type: 'phone' }

describe('/receipts/{imp_uid}', () => {
  const setUp = async (payment: object = {}) => {
    const merchant = createMerchant()
    await merchant.seedPayment({
      imp_uid: 'imp_1',
      amount: 11_000,
      pay_method: 'trans',
      ...payment,
    })
    const issue = (body: object = phone) => merchant.send('POST', '/receipts/imp_1', body)
    const revoke = () => merchant.authorized('/receipts/imp_1', { method: 'DELETE' })
    return { ...merchant, issue, revoke, read: () => merchant.get('/receipts/imp_1') }
  }
  const id = { imp_uid: 'imp_1' }

  it('issues a receipt for the whole payment once, and returns it', async () => {
    const { issue, read } = await setUp()
    const first = await issue()
    expect(first).toEqual(issued(id))
    expect(await read()).toEqual(first)
    expect(await issue()).toEqual(refused(400, '이미 현금영수증이 발급된 거래입니다.'))
  })

  it('uses the balance after a partial cancel, the tax-free amount and the shop’s own VAT', async () => {
    const { issue, send } = await setUp()
    await send('POST', '/payments/cancel', { imp_uid: 'imp_1', amount: 1000 })
    const response = await issue({ ...phone, type: 'company', tax_free: 4500, vat_amount: 499 })
    expect(response).toEqual(issued(id, { amount: 10_000, type: 'company', vat: 499 }))
  })

  it('excludes the tax-free amount when it calculates the VAT', async () => {
    const { issue } = await setUp()
    expect(await issue({ ...phone, tax_free: 5500 })).toEqual(issued(id, { vat: 500 }))
  })

  it('revokes a receipt, after which another can be issued', async () => {
    const { issue, revoke, read } = await setUp()
    await issue()
    const revoked = await revoke()
    expect(revoked).toEqual(issued(id, { cancelled_at: fixedTimeSeconds }))
    expect(await read()).toEqual(revoked)
    expect(await revoke()).toEqual(refused(400, '이미 취소된 현금영수증입니다.'))
    expect((await issue()).body['code']).toBe(0)
  })

  it('refuses with the provider’s text when none was issued, with its extra `data`', async () => {
    const { read, revoke } = await setUp()
    expect(await read()).toEqual({
      status: 404,
      body: { code: -1, message: neverIssued, response: null, data: null },
    })
    expect(await revoke()).toEqual(refused(400, '현금영수증이 발급되지 않은 거래입니다.'))
  })

  it.each([
    ['html5_inicis', fixedTimeSeconds],
    ['smartro_v2', 0],
  ])(
    'loses its receipt with a full cancel, unless the PG leaves that to the shop (%s)',
    async (pg, cancelled_at) => {
      const channels = [{ ...testChannel, pg_provider: pg }]
      const { seedPayment, send, get } = createMerchant({ channels })
      await seedPayment({ imp_uid: 'imp_1', amount: 11_000, pay_method: 'trans' })
      await send('POST', '/receipts/imp_1', phone)
      await send('POST', '/payments/cancel', { imp_uid: 'imp_1' })
      expect(await get('/receipts/imp_1')).toEqual(issued(id, { cancelled_at }))
    },
  )

  it.each([
    ['a card', { pay_method: 'card' }],
    ['an account that waits for its deposit', { pay_method: 'vbank', status: 'ready' }],
    ['a cancelled payment', { status: 'cancelled' }],
  ])('issues none for %s', async (_, payment) => {
    const { issue } = await setUp(payment)
    const message = '현금영수증은 결제완료된 실시간계좌이체, 가상계좌 건에만 발급할 수 있습니다.'
    expect(await issue()).toEqual(refused(400, message))
  })

  it.each([
    ['no identifier', {}, 400, 1, 'identifier 파라메터가 누락되었습니다.'],
    [
      'an unknown kind of identifier',
      { ...phone, identifier_type: 'email' },
      400,
      1,
      '현금영수증 발급 정보가 올바르지 않습니다.',
    ],
    [
      'an unknown type',
      { ...phone, type: 'robot' },
      400,
      1,
      '현금영수증 발급 정보가 올바르지 않습니다.',
    ],
    [
      'more tax-free than there is',
      { ...phone, tax_free: 11_001 },
      400,
      1,
      '현금영수증 금액이 올바르지 않습니다.',
    ],
    [
      'the identifier that the PG refuses',
      { identifier: '0000000000' },
      500,
      -1,
      '현금영수증 발급에 실패하였습니다.',
    ],
  ])('refuses %s', async (_, body, status, code, message) => {
    const { issue, read } = await setUp()
    expect(await issue(body)).toEqual(refused(status, message, code))
    expect((await read()).status).toBe(404)
  })

  it('returns 501 at a PG without receipts and 400 without a payment', async () => {
    const { issue, revoke, send } = await setUp({ pg_provider: 'kakaopay' })
    const unsupported = refused(501, '현금영수증을 지원하지 않는 PG사입니다.')
    expect(await issue()).toEqual(unsupported)
    expect(await revoke()).toEqual(unsupported)
    expect(await send('POST', '/receipts/imp_none', phone)).toEqual(
      refused(400, '존재하지 않는 결제정보입니다.'),
    )
  })
})

describe('/receipts/external/{merchant_uid}', () => {
  const sale = { ...phone, channel_key: 'channel-key-kcp', name: '현장 판매', amount: 11_000 }
  const unknown = refused(404, '해당 주문번호로 발급된 현금영수증이 존재하지 않습니다.')
  const setUp = () => {
    const merchant = createMerchant()
    const path = '/receipts/external/order%2F1'
    const issue = (body: object = sale) => merchant.send('POST', path, body)
    const revoke = () => merchant.authorized(path, { method: 'DELETE' })
    return { ...merchant, issue, revoke, read: (at = path) => merchant.get(at) }
  }
  const id = { merchant_uid: 'order/1' }

  it('issues a receipt for a sale outside the provider, and returns it', async () => {
    const { issue, read } = setUp()
    const first = await issue()
    expect(first).toEqual(issued(id))
    expect(await read()).toEqual(first)
    expect(await read('/receipts/external/order/1/')).toEqual(first)
    expect(await issue()).toEqual(refused(400, '이미 현금영수증이 발급된 거래입니다.'))
  })

  it('revokes it', async () => {
    const { issue, revoke, read } = setUp()
    await issue()
    expect(await revoke()).toEqual(issued(id, { cancelled_at: fixedTimeSeconds }))
    expect(await revoke()).toEqual(refused(400, '이미 취소된 현금영수증입니다.'))
    expect((await read()).status).toBe(200)
  })

  it('returns 404 for an unknown sale', async () => {
    const { read, revoke } = setUp()
    expect([await read(), await revoke()]).toEqual([unknown, unknown])
  })

  it.each([
    [
      'an unknown channel',
      { channel_key: 'channel-key-none' },
      400,
      'channel_key에 해당하는 채널이 없습니다.',
    ],
    [
      'a PG without receipts',
      { channel_key: 'channel-key-kakaopay' },
      501,
      '현금영수증을 지원하지 않는 PG사입니다.',
    ],
    ['no name', { name: null }, 400, 'name 파라메터가 누락되었습니다.'],
    ['no amount', { amount: null }, 400, '현금영수증 금액이 올바르지 않습니다.'],
    ['a broken amount', { amount: 0.5 }, 400, '현금영수증 금액이 올바르지 않습니다.'],
  ])('refuses %s', async (_, changes, status, message) => {
    const { issue } = setUp()
    expect(await issue({ ...sale, ...changes })).toEqual(refused(status, message))
  })
})

const testChannel = {
  pg_provider: '',
  pg_id: 'mid',
  channel_key: 'channel-key-1',
  type: 'payment' as const,
  sandbox: false,
  module: 'legacy' as const,
  store_id: 'store-1',
}
