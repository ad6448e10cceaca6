import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/payment.json' with { type: 'json' }
import { issuedRecord, record } from '../../fixtures/sample.ts'
import { fail, ok } from '../values/result.ts'
import { parsePayment } from './payment.ts'

const won = (minor: number) => ({ minor, currency: 'KRW' })
const common = {
  impUid: 'imp_448280090638',
  merchantUid: 'ORD-1',
  amount: won(64_900),
  cancelled: won(0),
  sandbox: false,
  payMethod: 'card',
  pgProvider: 'kcp',
  isBillingKeyIssue: false,
  discount: null,
  receiptUrl: null,
  deposits: [],
  startedAt: null,
  paidAt: null,
  accountDueAt: null,
}
const paidAt = new Date(1_648_344_363_000)
const paid = { ...common, status: 'paid', paidAt }
const malformed = (field: string) => fail({ reason: 'payment_malformed', field })

describe('parsePayment()', () => {
  it.each(vectors)('reads $name: $expected', ({ input, reading }) => {
    expect(JSON.parse(JSON.stringify(parsePayment(input.body.response)))).toEqual(reading)
  })

  it('reads a paid record', () => {
    expect(parsePayment(record())).toEqual(ok(paid))
  })

  it('reads an issued virtual account', () => {
    expect(parsePayment(issuedRecord())).toEqual(
      ok({
        ...common,
        payMethod: 'vbank',
        accountDueAt: new Date(1_710_342_000_000),
        status: 'vbank_issued',
        virtualAccount: {
          bank: 'KB국민은행',
          number: '562-1059-18373',
          holder: null,
          dueAt: new Date(1_710_342_000_000),
          issuedAt: new Date(1_709_737_200_000),
        },
      }),
    )
  })

  it.each([
    ['ready', 'ready'],
    ['a fifth status', 'a fifth status'],
    ['PAID', 'PAID'],
  ])('T11: reads the status %s as pending', (status, wireStatus) => {
    expect(parsePayment(record({ status }))).toEqual(
      ok({ ...common, status: 'pending', wireStatus }),
    )
  })

  it.each([
    [1, 'partially_cancelled'],
    [64_899, 'partially_cancelled'],
    [64_900, 'cancelled'],
  ])(
    'T6: reads %d of 64900 refunded as %s, although the wire status is paid',
    (cancelAmount, status) => {
      const fields = record({ cancel_amount: cancelAmount, cancelled_at: 1_648_350_000 })
      expect(parsePayment(fields)).toEqual(
        ok({
          ...common,
          status,
          paidAt,
          cancelled: won(cancelAmount),
          cancelledAt: new Date(1_648_350_000_000),
        }),
      )
    },
  )

  it('reads when an account was requested and due, also after the deposit', () => {
    const fields = issuedRecord({
      status: 'paid',
      paid_at: 1_710_000_000,
      started_at: 1_709_737_100,
    })
    expect(parsePayment(fields)).toEqual(
      ok({
        ...paid,
        payMethod: 'vbank',
        startedAt: new Date(1_709_737_100_000),
        paidAt: new Date(1_710_000_000_000),
        accountDueAt: new Date(1_710_342_000_000),
      }),
    )
  })

  it.each(['ready', 'failed'])('reads no time of payment in a record that is %s', (status) => {
    const read = parsePayment(record({ status, paid_at: 1_648_344_363 }))
    expect(read.ok && read.value.paidAt).toBeNull()
  })

  it('reads the reason of a failed record', () => {
    const fields = record({ status: 'failed', paid_at: 0, fail_reason: '[CC61] 거래금액 한도초과' })
    expect(parsePayment(fields)).toEqual(
      ok({ ...common, status: 'failed', failReason: '[CC61] 거래금액 한도초과' }),
    )
  })

  it.each([
    [true, true],
    [false, false],
    [undefined, null],
    [null, null],
    ['false', null],
    ['true', null],
    [0, null],
    [1, null],
  ])('T3: reads sandbox %o as %o', (sandbox, read) => {
    expect(parsePayment(record({ sandbox }))).toEqual(ok({ ...paid, sandbox: read }))
  })

  it.each([
    ['imp_uid', undefined],
    ['imp_uid', null],
    ['imp_uid', ['imp_1']],
    ['imp_uid', '../banks'],
    ['merchant_uid', undefined],
    ['merchant_uid', { $ne: null }],
    ['merchant_uid', 1],
    ['amount', undefined],
    ['amount', '64900'],
    ['amount', [64_900]],
    ['amount', { amount: 64_900 }],
    ['amount', -1],
    ['amount', 64_900.5],
    ['amount', null],
    ['cancel_amount', undefined],
    ['cancel_amount', null],
    ['cancel_amount', '0'],
    ['cancel_amount', -1],
    ['cancel_amount', 64_901],
    ['currency', undefined],
    ['currency', null],
    ['currency', 'krw'],
    ['currency', ['KRW']],
    ['status', undefined],
    ['status', ''],
    ['status', ['paid']],
    ['status', 1],
  ])('T8: refuses a record whose %s is %o', (field, value) => {
    expect(parsePayment(record({ [field]: value }))).toEqual(malformed(field))
  })

  it.each([[null], [undefined], [''], ['<html></html>'], [[]], [[record()]], [1]])(
    'T12: refuses %o, which is not a record',
    (value) => {
      expect(parsePayment(value)).toEqual(malformed('response'))
    },
  )

  it.each([
    [0, null],
    [-1, null],
    [Number.NaN, null],
    ['1648344363', null],
    [null, null],
    [undefined, null],
    [8_640_000_000_001, null],
    [8_640_000_000_000, new Date(8_640_000_000_000_000)],
    [1, new Date(1000)],
  ])('reads the UNIX time %o as %o', (paidAt, date) => {
    expect(parsePayment(record({ paid_at: paidAt }))).toEqual(ok({ ...paid, paidAt: date }))
  })

  it.each([
    ['https://admin8.kcp.co.kr/x', 'https://admin8.kcp.co.kr/x'],
    ['HTTP://pg.example/x', 'HTTP://pg.example/x'],
    ['javascript:alert(1)//https://x', null],
    ['data:text/html,x', null],
    ['//pg.example/x', null],
    [' https://pg.example', null],
    ['', null],
    [1, null],
  ])('reads the sales slip %o as the URL %o', (receiptUrl, read) => {
    expect(parsePayment(record({ receipt_url: receiptUrl }))).toEqual(
      ok({ ...paid, receiptUrl: read }),
    )
  })

  it.each([
    [{ id: 'p', discount: 1000 }, won(1000)],
    [{ id: 'p', discount: '1000' }, null],
    [{ id: 'p', discount: -1 }, null],
    [{}, null],
    [null, null],
    [[{ discount: 1000 }], null],
    [Object.assign([], { discount: 1000 }), null],
  ])('reads the promotion %o as a discount of %o', (promotion, discount) => {
    expect(parsePayment(record({ promotion }))).toEqual(ok({ ...paid, discount }))
  })

  it.each([
    ['issue', true],
    ['payment', false],
    ['payment.scheduled', false],
    [null, false],
    [['issue'], false],
  ])('reads the billing key usage %o as an issue: %o', (usage, isBillingKeyIssue) => {
    expect(parsePayment(record({ customer_uid_usage: usage }))).toEqual(
      ok({ ...paid, isBillingKeyIssue }),
    )
  })

  it('reads the valid deposits and skips the others', () => {
    const history = [
      { amount: 5000, deposited_at: 1_709_800_000 },
      { amount: '5000' },
      null,
      Object.assign([], { amount: 5000 }),
      { amount: 1, deposited_at: 0 },
    ]
    expect(parsePayment(record({ deposit_history: history }))).toEqual(
      ok({
        ...paid,
        deposits: [
          { amount: won(5000), depositedAt: new Date(1_709_800_000_000) },
          { amount: won(1), depositedAt: null },
        ],
      }),
    )
    expect(parsePayment(record({ deposit_history: { length: 1 } }))).toEqual(ok(paid))
  })

  it('reads the same payment from a record with any additional fields', () => {
    const known = new Set(Object.keys(issuedRecord()))
    const other = ['receipt_url', 'promotion', 'deposit_history', 'customer_uid_usage']
    const extra = fc.dictionary(
      fc.string().filter((name) => !known.has(name) && !other.includes(name)),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(extra, (fields) => {
        expect(parsePayment({ ...fields, ...record() })).toEqual(ok(paid))
      }),
    )
  })
})
