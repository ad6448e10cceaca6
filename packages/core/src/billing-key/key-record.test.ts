import { describe, expect, it } from 'vitest'
import { fail, ok } from '../values/result.ts'
import { parseBillingKey } from './key-record.ts'

/** As the provider documents it. */
const documented = {
  customer_uid: 'm42_c1',
  pg_provider: 'html5_inicis',
  pg_id: 'shopbill',
  sandbox: false,
  customer_id: null,
  card_name: '현대카드',
  card_code: '367',
  card_number: '433012******1234',
  card_type: null,
  customer_name: '홍길동',
  customer_tel: '010-1234-5678',
  customer_email: null,
  customer_addr: null,
  customer_postcode: null,
  inserted: 1_764_200_000,
  updated: 1_764_200_000,
}
const parsed = {
  customerUid: 'm42_c1',
  pgProvider: 'html5_inicis',
  pgId: 'shopbill',
  sandbox: false,
  customerId: null,
  cardName: '현대카드',
  cardCode: '367',
  cardType: null,
}

describe('parseBillingKey()', () => {
  it('reads the documented record, and neither the number of the card nor its holder', () => {
    expect(parseBillingKey(documented)).toEqual(ok(parsed))
  })

  it('reads a means of payment that is no card, and a record from before `sandbox`', () => {
    const { sandbox, ...older } = documented
    expect(sandbox).toBe(false)
    const wallet = { card_name: null, card_code: null, card_number: null, customer_id: 'c1' }
    expect(parseBillingKey({ ...older, ...wallet })).toEqual(
      ok({ ...parsed, sandbox: null, customerId: 'c1', cardName: null, cardCode: null }),
    )
  })

  it.each([
    [0, 'credit'],
    ['0', 'credit'],
    [1, 'debit'],
    ['1', 'debit'],
    [2, null],
    ['null', null],
  ])('reads the card type %o as %o', (card_type, cardType) => {
    expect(parseBillingKey({ ...documented, card_type })).toEqual(ok({ ...parsed, cardType }))
  })

  it.each([null, undefined, 'key', 1, [documented]])('refuses %o', (value) => {
    expect(parseBillingKey(value)).toEqual(
      fail({ reason: 'billing_key_malformed', field: 'response' }),
    )
  })

  it.each(['customer_uid', 'pg_provider', 'pg_id'])('names %s when it is missing', (field) => {
    const malformed = fail({ reason: 'billing_key_malformed', field })
    expect(parseBillingKey({ ...documented, [field]: null })).toEqual(malformed)
    expect(parseBillingKey({ ...documented, [field]: 7 })).toEqual(malformed)
  })
})
