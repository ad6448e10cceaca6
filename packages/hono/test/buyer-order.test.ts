import { fail } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

const token = 'a-token-of-the-order'

function createFixtureWithToken() {
  const fixture: ReturnType<typeof createFixture> = createFixture({
    findForBuyer: async (merchantUid, given) =>
      given === token
        ? fixture.store.find(merchantUid)
        : fail({ reason: 'order_unknown', merchantUid }),
  })
  const getOrder = (merchantUid: string, authorization?: string) =>
    fixture.app.request(`/payments/orders/${merchantUid}`, {
      headers: authorization === undefined ? {} : { authorization },
    })
  return { ...fixture, getOrder }
}

describe('GET /payments/orders/{merchant_uid} shows an order to a buyer with its token', () => {
  it('an issued account: its number, amount and due date', async () => {
    const { order, pay, complete, getOrder } = createFixtureWithToken()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', {
      status: 'ready',
      pay_method: 'vbank',
      overrides: {
        vbank_num: '110-234-567890',
        vbank_name: '신한은행',
        vbank_holder: null,
        vbank_date: 1_710_342_000,
      },
    })
    await complete({ imp_uid, merchant_uid: 'ORD-1' })
    expect(await read(getOrder('ORD-1', `Bearer ${token}`))).toEqual({
      status: 200,
      body: {
        status: 'vbankIssued',
        message: 'A virtual account was issued. Please transfer the amount before it expires.',
        merchant_uid: 'ORD-1',
        amount: 64_900,
        currency: 'KRW',
        cancelled_amount: 0,
        paid_at: null,
        virtual_account: {
          bank: '신한은행',
          number: '110-234-567890',
          holder: null,
          due_at: '2024-03-13T15:00:00.000Z',
        },
        error_msg: null,
        receipt_url: null,
        naverProducts: null,
      },
    })
  })

  it('T41: an unknown order, a wrong token and no token get the same response', async () => {
    const { order, getOrder } = createFixtureWithToken()
    order('ORD-1')
    const responses = await Promise.all([
      read(getOrder('ORD-X', `Bearer ${token}`)),
      read(getOrder('ORD-1', 'Bearer another-token-entirely')),
      read(getOrder('ORD-1')),
      read(getOrder('ORD-1%00', `Bearer ${token}`)),
    ])
    const unknown = {
      status: 404,
      body: {
        status: 'invalid',
        error: 'order_unknown',
        message: 'The request is not valid.',
      },
    }
    expect(responses).toEqual([unknown, unknown, unknown, unknown])
  })
})
