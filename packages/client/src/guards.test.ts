import { describe, expect, expectTypeOf, it } from 'vitest'
import { createScriptedClient, envelope, paid } from '../test/scripted-client.ts'
import { hasStatus, isPaidBy, type PaymentRecord, payments, unwrap } from './index.ts'

async function read(changes: object): Promise<PaymentRecord> {
  const { client, clock } = createScriptedClient([envelope({ ...paid, ...changes })])
  return unwrap(await clock.until(client.call(payments.get, { imp_uid: paid.imp_uid })))
}

const statuses = ['ready', 'paid', 'cancelled', 'failed'] as const
const methods = ['card', 'vbank', 'trans', 'phone'] as const

describe('hasStatus()', () => {
  it.each(statuses)('tells %s from the others', async (status) => {
    const payment = await read({ status })
    expect(statuses.filter((one) => hasStatus(payment, one))).toEqual([status])
  })

  it('keeps a status nobody documented, and takes it for none of the four', async () => {
    const payment = await read({ status: 'pending_review' })
    expect([payment.status, statuses.filter((one) => hasStatus(payment, one))]).toEqual([
      'pending_review',
      [],
    ])
  })

  it('tells the compiler what a status says', async () => {
    const payment = await read({ status: 'ready', paid_at: 0 })
    expectTypeOf(payment.paid_at).toEqualTypeOf<number>()
    if (!hasStatus(payment, 'ready')) throw new Error('The payment is not ready')
    expectTypeOf(payment.paid_at).toEqualTypeOf<0>()
    // @ts-expect-error a payment that is ready is not paid
    expect(payment.status === 'paid').toBe(false)
  })
})

describe('isPaidBy()', () => {
  it.each(methods)('tells %s from the others', async (pay_method) => {
    const payment = await read({ pay_method, vbank_num: pay_method === 'vbank' ? '123' : null })
    expect(methods.filter((one) => isPaidBy(payment, one))).toEqual([pay_method])
  })

  it('does not take a window left before an account was issued for a virtual account', async () => {
    const payment = await read({ status: 'ready', pay_method: 'vbank', vbank_num: null })
    expect(isPaidBy(payment, 'vbank')).toBe(false)
  })

  it('tells the compiler that a virtual account has a number', async () => {
    const payment = await read({ pay_method: 'vbank', vbank_num: '123' })
    expectTypeOf(payment.vbank_num).toEqualTypeOf<string | null>()
    if (!isPaidBy(payment, 'vbank')) throw new Error('The payment is by another method')
    expectTypeOf(payment.vbank_num).toEqualTypeOf<string>()
    expect(payment.vbank_num.length).toBe(3)
  })
})
