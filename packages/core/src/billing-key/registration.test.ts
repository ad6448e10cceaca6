import { describe, expect, it } from 'vitest'
import { merchantUid, take } from '../../fixtures/sample.ts'
import type { Mode } from '../order/verify.ts'
import { alwaysCharges, isChargingWindow } from '../payment/charging-windows.ts'
import { fail, ok } from '../values/result.ts'
import { parseBillingKey } from './key-record.ts'
import { type ExpectedKey, parseKeyIssue, readIssue, verifyBillingKey } from './registration.ts'
import { isRegistrationId } from './registration-id.ts'

const id = `billingkey${'0123456789abcdefghijkl'}`
const expected: ExpectedKey = {
  registrationId: merchantUid(id),
  customerUid: 'ck0123456789abcdefghijkl',
  customerId: 'c0123456789abcdefghi',
  pgProvider: 'html5_inicis',
  pgId: 'shopbill',
}
const record = {
  imp_uid: 'imp_310000000001',
  merchant_uid: id,
  amount: 0,
  cancel_amount: 0,
  currency: 'KRW',
  status: 'paid',
  paid_at: 1_764_200_000,
  sandbox: false,
  pay_method: 'card',
  pg_provider: 'html5_inicis',
  customer_uid: expected.customerUid,
  customer_uid_usage: 'issue',
}
const read = (changes: Readonly<Record<string, unknown>>, mode: Mode = 'live') =>
  readIssue(take(parseKeyIssue({ ...record, ...changes })), expected, mode)
const issued = ok({ kind: 'issued' })

describe('readIssue()', () => {
  it('takes a window that ended well for an issue, also where its PG displayed an amount', () => {
    expect(read({})).toEqual(issued)
    expect(read({ amount: 9900 })).toEqual(issued)
    expect(read({ amount: 1000, pg_provider: 'galaxia' })).toEqual(issued)
    expect(read({ customer_uid: null })).toEqual(issued)
    expect(read({ pg_provider: 'kakaopay' })).toEqual(issued)
    expect(read({ customer_uid_usage: null, amount: 0 })).toEqual(issued)
    // Danal tests the card with 10 won, and undoes it.
    expect(read({ pg_provider: 'danal_tpay', amount: 10 })).toEqual(issued)
    const undone = { status: 'cancelled', cancel_amount: 10, cancelled_at: 1_764_201_800 }
    expect(read({ pg_provider: 'danal_tpay', amount: 10, ...undone })).toEqual(issued)
  })

  it.each(['ready', 'in_review'])('%s is no result yet', (status) => {
    expect(read({ status, paid_at: 0 })).toEqual(ok({ kind: 'pending' }))
  })

  it.each([
    ['사용자가 결제를 취소하셨습니다', true],
    ['[결제포기] 사용자가 결제를 취소하셨습니다', true],
    ['사용자가 결제를 취소함', true],
    ['Cancelled by user', true],
    ['[F112]유효하지않은 카드번호를 입력하셨습니다. (card_bin 없음)', false],
    [null, false],
  ])('a failure with the text %o: the buyer cancelled %o', (fail_reason, isCancelledByBuyer) => {
    expect(read({ status: 'failed', paid_at: 0, fail_reason })).toEqual(
      ok({ kind: 'failed', failReason: fail_reason, isCancelledByBuyer }),
    )
  })

  it.each([
    [{ pg_provider: 'kakaopay', amount: 9900 }],
    [{ pg_provider: 'kakaopay', amount: 10 }],
    [{ pg_provider: 'danal_tpay', amount: 100 }],
    [{ pg_provider: 'danal_tpay', amount: 10, customer_uid_usage: null }],
    [{ pg_provider: 'welcome', pay_method: 'phone', amount: 9900 }],
    [{ customer_uid_usage: null, customer_uid: null, amount: 9900 }],
  ])('T131: %o is money that nobody asked for', (changes) => {
    expect(read(changes)).toEqual(fail({ reason: 'unexpected_charge' }))
  })

  it('T132: refuses the record of another registration, key or order', () => {
    expect(read({ merchant_uid: 'ORD-1' })).toEqual(
      fail({ reason: 'registration_mismatch', expected: id, actual: 'ORD-1' }),
    )
    expect(read({ customer_uid: 'ck-of-another' })).toEqual(
      fail({ reason: 'customer_uid_mismatch' }),
    )
  })

  it.each([true, undefined, null, 'false'])('T133: refuses sandbox %o in live mode', (sandbox) => {
    const failure = { reason: 'sandbox_key', sandbox: sandbox === true ? true : null }
    expect(read({ sandbox })).toEqual(fail(failure))
    expect(read({ sandbox }, 'test')).toEqual(issued)
  })
})

const keyRecord = {
  customer_uid: expected.customerUid,
  pg_provider: 'html5_inicis',
  pg_id: 'shopbill',
  sandbox: false,
  customer_id: null,
}
const verify = (
  changes: Readonly<Record<string, unknown>>,
  more: Partial<ExpectedKey> = {},
  mode: Mode = 'live',
) =>
  verifyBillingKey(
    take(parseBillingKey({ ...keyRecord, ...changes })),
    { ...expected, ...more },
    mode,
  )

describe('verifyBillingKey()', () => {
  it('accepts the key of the registration', () => {
    expect(verify({}).ok).toBe(true)
    expect(verify({ customer_id: expected.customerId }).ok).toBe(true)
    expect(verify({ pg_provider: 'kcp' }, { pgProvider: 'kcp_billing' }).ok).toBe(true)
    expect(verify({ pg_id: 'other' }, { pgProvider: null, pgId: null }).ok).toBe(true)
  })

  it('T132: refuses another key, another customer and another channel', () => {
    expect(verify({ customer_uid: 'ck2' })).toEqual(fail({ reason: 'customer_uid_mismatch' }))
    expect(verify({ customer_id: 'member-2' })).toEqual(fail({ reason: 'customer_id_mismatch' }))
    expect(verify({ pg_provider: 'nice' })).toEqual(
      fail({ reason: 'channel_mismatch', pgProvider: 'nice', pgId: 'shopbill' }),
    )
    expect(verify({ pg_id: 'INIBillTst' })).toEqual(
      fail({ reason: 'channel_mismatch', pgProvider: 'html5_inicis', pgId: 'INIBillTst' }),
    )
  })

  it.each([true, undefined])('T133: refuses a key with sandbox %o in live mode', (sandbox) => {
    const failure = { reason: 'sandbox_key', sandbox: sandbox ?? null }
    expect(verify({ sandbox })).toEqual(fail(failure))
    expect(verify({ sandbox }, {}, 'test').ok).toBe(true)
  })
})

describe('the windows of PGs', () => {
  it.each([
    ['kakaopay', 'card', true, false],
    ['danal_tpay', 'card', true, false],
    ['danal', 'phone', true, true],
    ['mobilians_v2', 'card', true, false],
    ['mobilians_v2', 'phone', true, true],
    ['welcome', 'card', false, false],
    ['welcome', 'phone', true, true],
    ['paymentwall', null, true, true],
    ['html5_inicis', 'card', false, false],
    ['toString', 'card', false, false],
    [null, 'card', false, false],
  ])('%s with %s: may charge %o, always charges %o', (pgProvider, payMethod, may, always) => {
    expect([
      isChargingWindow({ pgProvider, payMethod }),
      alwaysCharges({ pgProvider, payMethod }),
    ]).toEqual([may, always])
  })
})

describe('isRegistrationId()', () => {
  it.each([
    [id, true],
    [`${id}0`, false],
    [id.toUpperCase(), false],
    [id.slice(1), false],
    ['ORD-1', false],
    ['', false],
  ])('%o: %o', (text, is) => {
    expect(isRegistrationId(text)).toBe(is)
  })
})
