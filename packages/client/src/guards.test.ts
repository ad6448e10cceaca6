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
  it.each(statuses)('distinguishes %s from the others', async (status) => {
    const payment = await read({ status })
    expect(statuses.filter((one) => hasStatus(payment, one))).toEqual([status])
  })

  it('keeps an undocumented status, and matches none of the four', async () => {
    const payment = await read({ status: 'pending_review' })
    expect([payment.status, statuses.filter((one) => hasStatus(payment, one))]).toEqual([
      'pending_review',
      [],
    ])
  })

  it('narrows the type by status', async () => {
    const payment = await read({ status: 'ready', paid_at: 0 })
    expectTypeOf(payment.paid_at).toEqualTypeOf<number>()
    if (!hasStatus(payment, 'ready')) throw new Error('The payment is not ready')
    expectTypeOf(payment.paid_at).toEqualTypeOf<0>()
    // @ts-expect-error a ready payment is not paid
    expect(payment.status === 'paid').toBe(false)
  })
})

describe('isPaidBy()', () => {
  it.each(methods)('distinguishes %s from the others', async (pay_method) => {
    const payment = await read({ pay_method, vbank_num: pay_method === 'vbank' ? '123' : null })
    expect(methods.filter((one) => isPaidBy(payment, one))).toEqual([pay_method])
  })

  it('is false for a virtual account that was not issued', async () => {
    const payment = await read({ status: 'ready', pay_method: 'vbank', vbank_num: null })
    expect(isPaidBy(payment, 'vbank')).toBe(false)
  })

  it('narrows the type of a virtual account to one with a number', async () => {
    const payment = await read({ pay_method: 'vbank', vbank_num: '123' })
    expectTypeOf(payment.vbank_num).toEqualTypeOf<string | null>()
    if (!isPaidBy(payment, 'vbank')) throw new Error('The payment is by another method')
    expectTypeOf(payment.vbank_num).toEqualTypeOf<string>()
    expect(payment.vbank_num.length).toBe(3)
  })
})
