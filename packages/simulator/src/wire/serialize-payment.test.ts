import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds, toRecord } from '../../test/merchant.ts'

// The payment object's members as the provider documents them; `?` marks those that may be null.
const documented: Readonly<Record<string, string>> = {
  amount: 'number',
  apply_num: 'string?',
  bank_code: 'string?',
  bank_name: 'string?',
  buyer_addr: 'string?',
  buyer_email: 'string?',
  buyer_name: 'string?',
  buyer_postcode: 'string?',
  buyer_tel: 'string?',
  cancel_amount: 'number',
  cancel_history: 'array',
  cancel_reason: 'string?',
  cancel_receipt_urls: 'array',
  cancelled_at: 'number',
  card_code: 'string?',
  card_issuer_code: 'string?',
  card_issuer_name: 'string?',
  card_name: 'string?',
  card_number: 'string?',
  card_publisher_code: 'string?',
  card_publisher_name: 'string?',
  card_quota: 'number',
  card_type: 'number?',
  cash_receipt_issued: 'boolean',
  channel: 'string',
  currency: 'string',
  custom_data: 'string?',
  customer_uid: 'string?',
  customer_uid_usage: 'string?',
  deposit_history: 'array',
  emb_pg_provider: 'string?',
  escrow: 'boolean',
  fail_reason: 'string?',
  failed_at: 'number',
  imp_uid: 'string',
  merchant_uid: 'string',
  name: 'string',
  paid_at: 'number',
  pay_method: 'string',
  pg_id: 'string',
  pg_provider: 'string',
  pg_tid: 'string?',
  promotion: 'object?',
  receipt_url: 'string?',
  sandbox: 'boolean',
  started_at: 'number',
  status: 'string',
  user_agent: 'string?',
  vbank_code: 'string?',
  vbank_date: 'number',
  vbank_holder: 'string?',
  vbank_issued_at: 'number',
  vbank_name: 'string?',
  vbank_num: 'string?',
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

describe('the payment record', () => {
  for (const status of ['ready', 'paid', 'failed', 'cancelled']) {
    for (const pay_method of ['card', 'trans', 'vbank', 'phone']) {
      it(`of a ${status} ${pay_method} payment has every documented member, in alphabetical order`, async () => {
        const { seedPayment } = createMerchant()
        const record = await seedPayment({ status, pay_method })

        expect(Object.keys(record)).toEqual(Object.keys(documented))
        const odd = Object.entries(record).filter(([name, value]) => {
          const [kind = '', orNull] = documented[name]?.split(/(\?)/) ?? []
          return !(value === null ? orNull === '?' : kindOf(value) === kind)
        })
        expect(odd).toEqual([])
      })
    }
  }

  it('shows times of events that did not happen as 0', async () => {
    const { seedPayment } = createMerchant()
    const { started_at, paid_at, failed_at, cancelled_at, vbank_date, vbank_issued_at } =
      await seedPayment({ status: 'ready' })

    expect([started_at, paid_at, failed_at, cancelled_at, vbank_date, vbank_issued_at]).toEqual([
      fixedTimeSeconds,
      0,
      0,
      0,
      0,
      0,
    ])
  })

  it('lists each cancel with its id, its amount and its time', async () => {
    const { seedPayment } = createMerchant()
    const { cancel_history, cancel_amount, paid_at } = await seedPayment({
      status: 'cancelled',
      cancel_amount: 400,
    })

    expect({ cancel_history, cancel_amount, paid_at }).toEqual({
      cancel_amount: 400,
      paid_at: fixedTimeSeconds,
      cancel_history: [
        {
          amount: 400,
          cancellation_id: expect.stringMatching(/^cancellation-\d{12}$/),
          cancelled_at: fixedTimeSeconds,
          pg_tid: expect.any(String),
          reason: '',
          receipt_url: expect.stringMatching(/^https:\/\/receipt\.example\/slips\?tid=/),
        },
      ],
    })
  })

  it('has the address of a slip once money was taken, and of one for each cancel', async () => {
    const { seedPayment } = createMerchant()
    const ready = await seedPayment({ status: 'ready', pay_method: 'vbank' })
    const key = await seedPayment({ amount: 0, customer_uid: 'gildong' })
    const paid = await seedPayment({ cancel_amount: 400 })
    const slip = (pgTid: unknown) => `https://receipt.example/slips?tid=${String(pgTid)}`
    const [refund] = [paid['cancel_history']].flat().map(toRecord)

    expect([ready['receipt_url'], key['receipt_url']]).toEqual([null, null])
    expect(paid['receipt_url']).toBe(slip(paid['pg_tid']))
    expect(paid['cancel_receipt_urls']).toEqual([slip(refund?.['pg_tid'])])
    expect(refund?.['receipt_url']).toBe(slip(refund?.['pg_tid']))
  })

  it.each([
    ['html5_inicis', 'kakaopay', 'kakaopay'],
    ['nice_v2', 'naverpay_card', 'naverpay_card'],
    ['kakaopay', 'kakaopay', null],
    ['html5_inicis', 'card', null],
  ])(
    'at %s paid with %s names the embedded easy pay: %s',
    async (pg_provider, pay_method, name) => {
      const { seedPayment } = createMerchant()
      expect((await seedPayment({ pg_provider, pay_method }))['emb_pg_provider']).toBe(name)
    },
  )

  it('shows amounts of a foreign currency without floating-point errors', async () => {
    const { seedPayment } = createMerchant()
    const record = await seedPayment({ amount: '14.20', currency: 'USD', cancel_amount: 0.1 })
    expect([record['amount'], record['cancel_amount']]).toEqual([14.2, 0.1])
  })

  it('is UTF-8 JSON', async () => {
    const { simulator } = createMerchant()
    const { headers } = await simulator.fetch('https://api.iamport.kr/payments/imp_1')
    expect(headers.get('content-type')).toBe('application/json; charset=UTF-8')
  })

  it('has the members a test overrides, and all others', async () => {
    const { seedPayment } = createMerchant()
    const record = await seedPayment({ overrides: { status: 'held', amount: '1000', extra: 1 } })

    expect(toRecord(record)).toMatchObject({ status: 'held', amount: '1000', extra: 1 })
    expect(Object.keys(record)).toEqual([...Object.keys(documented), 'extra'].toSorted())
  })
})
