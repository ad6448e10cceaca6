import { describe, expect, it } from 'vitest'
import type { WindowResult } from '../domain/payment/window.ts'
import { toLegacyCallback, toNewModuleCallback } from './callback-fields.ts'

const paid: WindowResult = {
  imp_uid: 'imp_347242536261',
  merchant_uid: '57008833-33004',
  ok: true,
  error_code: null,
  error_msg: null,
  paid_amount: 1004,
  payment: {
    amount: 1004,
    apply_num: '42827474',
    bank_name: null,
    buyer_addr: '서울특별시 강남구 삼성동',
    buyer_email: 'test@portone.io',
    buyer_name: '포트원 기술지원팀',
    buyer_postcode: '123-456',
    buyer_tel: null,
    card_name: '신한카드',
    card_number: '5428790000000294',
    card_quota: 0,
    currency: 'KRW',
    custom_data: '{"size":"XL"}',
    customer_uid: null,
    emb_pg_provider: null,
    name: '당근 10kg',
    paid_at: 1648344363,
    pay_method: 'card',
    pg_provider: 'kcp',
    pg_tid: '22336466628585',
    receipt_url: 'https://admin8.kcp.co.kr/assist/bill',
    status: 'paid',
    vbank_num: null,
  },
}
const declined: WindowResult = { ...paid, ok: false, error_code: 'CC61', error_msg: '한도초과' }

describe('toLegacyCallback()', () => {
  it('returns the whole payment with a success flag', () => {
    expect(toLegacyCallback(paid)).toEqual({
      success: true,
      imp_uid: 'imp_347242536261',
      merchant_uid: '57008833-33004',
      pay_method: 'card',
      paid_amount: 1004,
      status: 'paid',
      name: '당근 10kg',
      pg_provider: 'kcp',
      pg_tid: '22336466628585',
      pg_type: 'payment',
      buyer_name: '포트원 기술지원팀',
      buyer_email: 'test@portone.io',
      buyer_tel: '',
      buyer_addr: '서울특별시 강남구 삼성동',
      buyer_postcode: '123-456',
      custom_data: { size: 'XL' },
      paid_at: 1648344363,
      receipt_url: 'https://admin8.kcp.co.kr/assist/bill',
      apply_num: '42827474',
      bank_name: null,
      card_name: '신한카드',
      card_number: '5428790000000294',
      card_quota: 0,
      currency: 'KRW',
    })
  })

  it('reports an issued virtual account as a success, with its due date in Seoul time', () => {
    const account = {
      pay_method: 'vbank',
      status: 'ready',
      vbank_num: '5621-0591-8373-11',
      vbank_name: '국민은행',
      vbank_holder: null,
      vbank_date: 1710341999,
    }
    const issued = { ...paid, payment: { ...paid.payment, ...account } }
    expect(toLegacyCallback(issued)).toEqual({
      ...toLegacyCallback(paid),
      ...account,
      vbank_date: '2024-03-13 23:59:59',
    })
  })

  it('returns plain text in custom_data unchanged', () => {
    const withNote = { ...paid, payment: { ...paid.payment, custom_data: 'gift wrap' } }
    expect(toLegacyCallback(withNote)).toEqual({
      ...toLegacyCallback(paid),
      custom_data: 'gift wrap',
    })
  })

  it('returns a refusal in the short old form', () => {
    expect(toLegacyCallback(declined)).toEqual({
      success: false,
      imp_uid: 'imp_347242536261',
      merchant_uid: '57008833-33004',
      pay_method: 'card',
      pg_provider: 'kcp',
      pg_type: 'payment',
      error_code: 'CC61',
      error_msg: '한도초과',
    })
  })

  it('omits error_code when the PG has none', () => {
    expect(Object.keys(toLegacyCallback({ ...declined, error_code: null }))).toEqual([
      'success',
      'imp_uid',
      'merchant_uid',
      'pay_method',
      'pg_provider',
      'pg_type',
      'error_msg',
    ])
  })
})

describe('toNewModuleCallback()', () => {
  it('returns two ids and no flag', () => {
    expect(toNewModuleCallback(paid)).toEqual({
      imp_uid: 'imp_347242536261',
      merchant_uid: '57008833-33004',
    })
  })

  it('adds the billing key it issued', () => {
    const withKey = { ...paid, payment: { ...paid.payment, customer_uid: 'gildong_1' } }
    expect(toNewModuleCallback(withKey)).toEqual({
      imp_uid: 'imp_347242536261',
      merchant_uid: '57008833-33004',
      customer_uid: 'gildong_1',
    })
  })

  it('adds code and text of a refusal, F400 when the PG has no code', () => {
    expect(toNewModuleCallback({ ...declined, error_code: null })).toEqual({
      imp_uid: 'imp_347242536261',
      merchant_uid: '57008833-33004',
      error_code: 'F400',
      error_msg: '한도초과',
    })
  })
})
