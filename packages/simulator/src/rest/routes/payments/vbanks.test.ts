import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds } from '../../../../test/merchant.ts'

describe('DELETE /vbanks/{imp_uid}', () => {
  it('revokes a waiting account, which then accepts no deposit', async () => {
    const { authorized, seedPayment, control } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', status: 'ready', pay_method: 'vbank' })
    const { status, body } = await authorized('/vbanks/imp_1', { method: 'DELETE' })
    const deposit = await control('/payments/imp_1/deposit')

    expect([status, body['response']]).toMatchObject([
      200,
      { status: 'failed', failed_at: fixedTimeSeconds },
    ])
    expect(deposit).toEqual({ status: 409, body: { reason: 'not_ready' } })
  })

  for (const payment of [
    { status: 'paid', pay_method: 'vbank' },
    { status: 'ready', pay_method: 'card' },
  ]) {
    it(`refuses a ${payment.status} ${payment.pay_method} payment`, async () => {
      const { authorized, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1', ...payment })
      expect((await authorized('/vbanks/imp_1', { method: 'DELETE' })).status).toBe(400)
    })
  }

  it('refuses an unknown payment with the provider’s text', async () => {
    const { authorized } = createMerchant()
    expect(await authorized('/vbanks/imp_none', { method: 'DELETE' })).toEqual({
      status: 404,
      body: { code: 1, message: '존재하지 않는 결제정보입니다.', response: null },
    })
  })
})
