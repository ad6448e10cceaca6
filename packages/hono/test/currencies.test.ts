import { describe, expect, it } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

const cases = [
  ['VND', 1_250_000, 1_250_001],
  ['IDR', 150_000, 150_000.01],
  ['INR', 499.99, 499.98],
  ['TRY', 100.5, 100.05],
  ['KWD', 10.125, 10.124],
  ['CLF', 1.2345, 1.2346],
  ['TWD', 300, 3],
] as const

describe('a payment in any currency of ISO 4217', () => {
  it.each(cases)('%s %d is completed, and no other amount', async (currency, amount, other) => {
    const { order, pay, complete } = createFixture()
    order('ORD-1', amount, currency)
    order('ORD-2', amount, currency)
    const imp_uid = await pay('ORD-1', { amount, currency })
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual({
      status: 200,
      body: { status: 'success', message: 'The payment is complete.' },
    })
    const cheap = await pay('ORD-2', { amount: other, currency })
    const refused = await read(complete({ imp_uid: cheap, merchant_uid: 'ORD-2' }))
    expect(refused.body).toMatchObject({ status: 'forgery' })
  })
})
