import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/callback.json' with { type: 'json' }
import { fail, ok } from '../values/result.ts'
import { parseCallback } from './callback.ts'

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
    [{ merchant_uid: ['ORD-1', 'ORD-2'] }, duplicated('merchant_uid')],
    [{ imp_uid: [] }, duplicated('imp_uid')],
    [{ 'imp_uid[]': 'imp_2' }, duplicated('imp_uid[]')],
    [{ 'merchant_uid[0]': 'ORD-2' }, duplicated('merchant_uid[0]')],
  ])('T30: refuses %o, which is ambiguous', (twice, failure) => {
    expect(parseCallback({ ...paid, ...twice })).toEqual(failure)
  })

  it.each([
    [{ imp_uid: [paid.imp_uid, paid.imp_uid] }, ok(notice)],
    [{ merchant_uid: ['', 'ORD-1', 'null', 'ORD-1'] }, ok(notice)],
    [{ success: ['true', 'true'] }, ok(notice)],
    [{ success: ['true', 'false'] }, ok({ ...notice, claim: 'unknown' })],
    [{ error_msg: ['x', 'y'] }, ok(notice)],
  ])('T30: reads the repeats of %o: equal ones are one value', (twice, reading) => {
    expect(parseCallback({ ...paid, ...twice })).toEqual(reading)
  })

  it('takes an imp_uid alone: its record names the order', () => {
    for (const merchant_uid of [undefined, null, 'undefined', ' ', '[object Object]']) {
      expect(parseCallback({ imp_uid: paid.imp_uid, merchant_uid })).toEqual(
        ok({ ...notice, merchantUid: null, claim: 'unknown' }),
      )
    }
  })

  it.each([
    [
      {
        success: false,
        request_id: 'req_1',
        error_code: 'F1002',
        error_msg: '이미 결제가 이루어진 거래건입니다.',
      },
      { errorCode: 'F1002', errorMessage: '이미 결제가 이루어진 거래건입니다.' },
    ],
    [
      { error_code: '9010', error_msg: '인증 실패', success: false },
      { errorCode: '9010', errorMessage: '인증 실패' },
    ],
    [{ success: 'false' }, { errorCode: null, errorMessage: null }],
  ])('reads the refusal %o without an id', (value, texts) => {
    expect(parseCallback(value)).toEqual(
      ok({ ...notice, impUid: null, merchantUid: null, claim: 'failure', ...texts }),
    )
  })

  it.each(['null', 'undefined', '[object Object]', 'NaN', '(null)', ' ', 'NULL'])(
    'reads the text %j as nothing in every field',
    (text) => {
      const fields = { error_code: text, error_msg: text, status: text, currency: text }
      expect(parseCallback({ ...paid, ...fields, paid_amount: 1004 })).toEqual(
        ok({ ...notice, claimedAmount: { minor: 1004, currency: 'KRW' } }),
      )
    },
  )

  it.each([
    [{ transactionType: 'PAYMENT', txId: 't', paymentId: 'p' }],
    [{ transactionType: 'PAYMENT', paymentId: 'p', code: 'FAILURE_TYPE_PG', message: 'x' }],
    [{ transactionType: 'ISSUE_BILLING_KEY', billingKey: 'k' }],
    [{ identityVerificationId: 'i', transactionType: 'IDENTITY_VERIFICATION' }],
  ])('names the cause of %o: the V2 script', (value) => {
    expect(parseCallback(value)).toEqual(fail({ reason: 'browser_sdk_v2' }))
    expect(parseCallback({ ...value, imp_uid: 'imp_1' }).ok).toBe(true)
  })

  it.each([
    [{ merchant_uid: { $ne: null } }, fail({ reason: 'id_malformed', field: 'merchant_uid' })],
    [{ imp_uid: { $ne: null } }, fail({ reason: 'id_malformed', field: 'imp_uid' })],
    [{ imp_uid: 1 }, fail({ reason: 'id_malformed', field: 'imp_uid' })],
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
