import { describe, expect, it } from 'vitest'
import vectors from '../fixtures/callback.json' with { type: 'json' }
import { parseCallback } from './callback.ts'
import { fail, ok } from './result.ts'

const paid = { imp_uid: 'imp_448280090638', merchant_uid: 'ORD-1', success: true }
const notice = {
  kind: 'payment',
  channel: 'callback',
  impUid: 'imp_448280090638',
  merchantUid: 'ORD-1',
  claim: 'success',
  claimedStatus: null,
  claimedAmount: null,
  errorCode: null,
  errorMessage: null,
}
const duplicated = (field: string) => fail({ reason: 'field_duplicated', field })

describe('parseCallback()', () => {
  it.each(vectors)('reads $name: $expected', ({ input, reading }) => {
    expect(parseCallback(input)).toEqual(reading)
  })

  it.each([
    [{}, 'unknown'],
    [{ success: true }, 'success'],
    [{ success: 'true' }, 'success'],
    [{ imp_success: true }, 'success'],
    [{ imp_status: 'true' }, 'success'],
    [{ success: 1 }, 'unknown'],
    [{ success: 'yes' }, 'unknown'],
    [{ success: false }, 'failure'],
    [{ success: 'false' }, 'failure'],
    [{ imp_success: false }, 'failure'],
    [{ imp_status: 'false' }, 'failure'],
    [{ error_code: 'F400' }, 'failure'],
    [{ error_msg: 'x' }, 'failure'],
    [{ error_code: '', error_msg: null }, 'unknown'],
    [{ status: 'failed' }, 'failure'],
    [{ status: 'paid' }, 'unknown'],
    [{ success: true, imp_success: false }, 'unknown'],
    [{ success: true, error_msg: 'x' }, 'unknown'],
  ])('reads the flags %o as the claim %s', (flags, claim) => {
    const { success: _, ...ids } = paid
    const read = parseCallback({ ...ids, ...flags })
    expect(read.ok && read.value.kind === 'payment' && read.value.claim).toBe(claim)
  })

  it.each([
    [
      { paid_amount: 14.2, currency: 'USD' },
      { minor: 1420, currency: 'USD' },
    ],
    [{ paid_amount: 1004 }, { minor: 1004, currency: 'KRW' }],
    [
      { paid_amount: 1004, currency: null },
      { minor: 1004, currency: 'KRW' },
    ],
    [{ paid_amount: '1004' }, null],
    [{ paid_amount: -1 }, null],
    [{ paid_amount: 1, currency: 'XXX' }, null],
  ])('T8: reads the claimed amount of %o', (amount, claimedAmount) => {
    expect(parseCallback({ ...paid, ...amount })).toEqual(ok({ ...notice, claimedAmount }))
  })

  it('T10: ignores the fields that a page adds', () => {
    const added = { amount: 1, state: 'paid', custom_data: {}, sandbox: false, order: {} }
    expect(parseCallback({ ...paid, ...added })).toEqual(ok(notice))
  })

  it.each([
    [{ imp_uid: ['imp_1', 'imp_2'] }, duplicated('imp_uid')],
    [{ merchant_uid: ['ORD-1'] }, duplicated('merchant_uid')],
    [{ success: ['true', 'false'] }, duplicated('success')],
    [{ error_msg: [] }, duplicated('error_msg')],
    [{ 'imp_uid[]': 'imp_2' }, duplicated('imp_uid[]')],
    [{ 'merchant_uid[0]': 'ORD-2' }, duplicated('merchant_uid[0]')],
  ])('T30: refuses %o, which is ambiguous', (twice, failure) => {
    expect(parseCallback({ ...paid, ...twice })).toEqual(failure)
  })

  it.each([
    [{ merchant_uid: { $ne: null } }, fail({ reason: 'id_malformed', field: 'merchant_uid' })],
    [{ imp_uid: { $ne: null } }, fail({ reason: 'id_malformed', field: 'imp_uid' })],
    [{ imp_uid: 1 }, fail({ reason: 'id_malformed', field: 'imp_uid' })],
    [{ merchant_uid: null }, fail({ reason: 'id_missing', field: 'merchant_uid' })],
    [{ merchant_uid: 'undefined' }, fail({ reason: 'id_missing', field: 'merchant_uid' })],
    [{ imp_uid: 'null' }, fail({ reason: 'id_missing', field: 'imp_uid' })],
    [{ imp_uid: undefined }, fail({ reason: 'id_missing', field: 'imp_uid' })],
  ])('T8: refuses the ids %o', (ids, failure) => {
    expect(parseCallback({ ...paid, ...ids })).toEqual(failure)
  })

  it('T4: refuses a malformed imp_uid even in a failure, which needs none', () => {
    expect(parseCallback({ ...paid, success: false, imp_uid: '../users/getToken' })).toEqual(
      fail({ reason: 'id_malformed', field: 'imp_uid' }),
    )
  })

  it.each([[undefined], [null], [[]], [[paid]], ['x'], [1], [true], [() => paid]])(
    'refuses %o, which is not an object',
    (value) => {
      expect(parseCallback(value)).toEqual(fail({ reason: 'body_malformed' }))
    },
  )
})
