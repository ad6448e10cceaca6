import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../../test/merchant.ts'

const setUp = async (payment: Record<string, unknown> = {}) => {
  const merchant = createMerchant()
  await merchant.seedPayment({ imp_uid: 'imp_1', pg_provider: 'payco', ...payment })
  const sendStatus = (status: string, impUid = 'imp_1') =>
    merchant.send('POST', `/payco/orders/status/${impUid}`, { status })
  return { ...merchant, sendStatus }
}

describe('POST /payco/orders/status/{imp_uid}', () => {
  it('accepts statuses from dispatch to decision, and none after', async () => {
    const { sendStatus } = await setUp()
    const responses = [
      await sendStatus('DELIVERY_START'),
      await sendStatus('PURCHASE_DECISION'),
      await sendStatus('CANCELED'),
    ]
    expect(responses.map(({ status, body }) => [status, body['response']])).toEqual([
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
      const { sendStatus } = await setUp(payment)
      expect((await sendStatus(status, impUid)).status).toBe(expected)
    })
  }
})
