import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../../test/merchant.ts'

const setUp = async (payment: Record<string, unknown> = {}) => {
  const merchant = createMerchant()
  await merchant.stage({ imp_uid: 'imp_1', pg_provider: 'payco', ...payment })
  const tell = (status: string, impUid = 'imp_1') =>
    merchant.send('POST', `/payco/orders/status/${impUid}`, { status })
  return { ...merchant, tell }
}

describe('POST /payco/orders/status/{imp_uid}', () => {
  it('follows the goods from dispatch to decision, and no further', async () => {
    const { tell } = await setUp()
    const answers = [
      await tell('DELIVERY_START'),
      await tell('PURCHASE_DECISION'),
      await tell('CANCELED'),
    ]
    expect(answers.map(({ status, body }) => [status, body['response']])).toEqual([
      [200, { status: 'DELIVERY_START' }],
      [200, { status: 'PURCHASE_DECISION' }],
      [400, null],
    ])
  })

  for (const [name, payment, status, impUid, expected] of [
    ['an unknown status', {}, 'LOST', 'imp_1', 400],
    ['an unpaid payment', { status: 'ready' }, 'CANCELED', 'imp_1', 400],
    ['another PG’s payment', { pg_provider: 'kcp' }, 'CANCELED', 'imp_1', 400],
    ['an unknown payment', {}, 'CANCELED', 'imp_none', 404],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const { tell } = await setUp(payment)
      expect((await tell(status, impUid)).status).toBe(expected)
    })
  }
})
