import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../../test/merchant.ts'

const line = {
  business_registration_number: '123-45-67890',
  company_name: '둘째 상점',
  amount: 600,
}
const refused = (status: number, message: string, code = 1) => ({
  status,
  body: { code, message, response: null },
})
const setUp = async (payment: object = {}) => {
  const merchant = createMerchant()
  const record = await merchant.seedPayment({ imp_uid: 'imp_1', ...payment })
  const split = (data: unknown) => merchant.send('POST', '/partners/receipts/imp_1', { data })
  return { ...merchant, record, split }
}

describe('POST /partners/receipts/{imp_uid}', () => {
  it('registers the sub-merchants’ shares of a payment, and returns the slip’s URL', async () => {
    const { split, record } = await setUp()
    expect(await split([line, { ...line, amount: 400 }])).toEqual({
      status: 200,
      body: {
        code: 0,
        message: null,
        response: {
          receipt_url: `https://receipt.example/slips?tid=${String(record['pg_tid'])}`,
        },
      },
    })
  })

  it.each([
    ['nothing', undefined, 1, 'data 파라메터가 누락되었습니다.'],
    ['no lines', [], 1, 'data 파라메터가 누락되었습니다.'],
    [
      'a line without a name',
      [{ ...line, company_name: '' }],
      1,
      '하위가맹점 정보가 올바르지 않습니다.',
    ],
    [
      'a number without dashes',
      [{ ...line, business_registration_number: '1234567890' }],
      1,
      '하위가맹점 정보가 올바르지 않습니다.',
    ],
    ['more than was paid', [line, line], -1, '하위가맹점 금액의 합이 결제금액을 초과합니다.'],
  ])('refuses %s', async (_, data, code, message) => {
    const { split } = await setUp()
    expect(await split(data)).toEqual(refused(400, message, code))
  })

  it('refuses an unpaid payment, another PG and an unknown payment', async () => {
    const unpaid = await setUp({ status: 'ready' })
    const kcp = await setUp({ pg_provider: 'kcp' })
    expect(await unpaid.split([line])).toEqual(refused(400, '결제완료된 거래가 아닙니다.'))
    expect(await kcp.split([line])).toEqual(
      refused(501, '하위가맹점 영수증을 지원하지 않는 PG사입니다.'),
    )
    expect(await kcp.send('POST', '/partners/receipts/imp_none', { data: [line] })).toEqual(
      refused(404, '존재하지 않는 결제정보입니다.'),
    )
  })
})
