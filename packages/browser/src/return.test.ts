import { describe, expect, it } from 'vitest'
import { readReturn } from './return.ts'

const page = 'https://shop.example/done'
const nothing = { errorCode: null, errorMessage: null }
const paid = { merchantUid: 'ORD-1', impUid: 'imp_1', claim: 'success', ...nothing }
const open = { ...paid, claim: 'unknown' }
const failed = { ...paid, claim: 'failure' }

describe('readReturn()', () => {
  it.each([
    ['the flag of old modules', `${page}?imp_uid=imp_1&merchant_uid=ORD-1&imp_success=true`, paid],
    ['the flag of some PGs', `${page}?success=true&imp_uid=imp_1&merchant_uid=ORD-1`, paid],
    ['no flag', `${page}?imp_uid=imp_1&merchant_uid=ORD-1`, open],
    ['a flag that is false', `${page}?imp_success=false&imp_uid=imp_1&merchant_uid=ORD-1`, failed],
    [
      'flags that contradict each other',
      `${page}?imp_uid=imp_1&merchant_uid=ORD-1&imp_success=true&success=false`,
      open,
    ],
    [
      'the words of a PG',
      `${page}?imp_uid=imp_1&merchant_uid=ORD-1&error_code=CC61&error_msg=%ED%95%9C%EB%8F%84%EC%B4%88%EA%B3%BC`,
      { ...failed, errorCode: 'CC61', errorMessage: '한도초과' },
    ],
    [
      'a refusal before a payment',
      `${page}?imp_uid=null&merchant_uid=ORD-1&imp_success=false&error_msg=x`,
      { ...failed, impUid: null, errorMessage: 'x' },
    ],
    ['no payment', `${page}?merchant_uid=ORD-1`, { ...open, impUid: null }],
    ['the query of the shop', `${page}?lang=ko&imp_uid=imp_1&merchant_uid=ORD-1#top`, open],
    ['an app’s own address', 'myapp://pay/done?imp_uid=imp_1&merchant_uid=ORD-1', open],
    ['an app’s address without a host', 'myapp:?imp_uid=imp_1&merchant_uid=ORD-1', open],
    [
      'a page that has its route in the fragment',
      `${page}#/done?imp_uid=imp_1&merchant_uid=ORD-1`,
      open,
    ],
    ['the same route after a query', `${page}?a=1#/done?imp_uid=imp_1&merchant_uid=ORD-1`, open],
  ])('reads %s', (_, url, value) => {
    expect(readReturn(url)).toEqual({ ok: true, value })
  })

  it.each([
    [
      'an & that an app encoded',
      `${page}?imp_uid=imp_1%26merchant_uid=ORD-1%26imp_success=true`,
      paid,
    ],
    [
      'a query that was encoded as a whole',
      `${page}?imp_uid%3Dimp_1%26merchant_uid%3DORD-1%26imp_success%3Dtrue`,
      paid,
    ],
    [
      'the & that the browser script forgets',
      `${page}?a=1&b=2imp_uid=null&merchant_uid=ORD-1&imp_success=false&error_msg=x`,
      { ...failed, impUid: null, errorMessage: 'x' },
    ],
    [
      'words that the script does not encode',
      `${page}?imp_uid=null&merchant_uid=ORD-1&imp_success=false&error_msg=100%&B=C%20D`,
      { ...failed, impUid: null, errorMessage: '100%' },
    ],
    [
      'an id twice, of a buyer who came back twice',
      `${page}?imp_uid=imp_1&merchant_uid=ORD-1&imp_uid=imp_1`,
      open,
    ],
    [
      'another address in the query',
      `myapp://pay?m_redirect_url=https%3A%2F%2Fshop.example%2F%3Fa%3D1%26merchant_uid%3DORD-2&imp_uid=imp_1&merchant_uid=ORD-1`,
      open,
    ],
    [
      'an id that is no id',
      `${page}?imp_uid=..%2Fusers%2FgetToken&merchant_uid=ORD-1&imp_success=true`,
      { ...paid, impUid: null },
    ],
  ])('T208: reads a return with %s', (_, url, value) => {
    expect(readReturn(url)).toEqual({ ok: true, value })
  })

  it.each([
    ['nothing', page, 'order_missing'],
    ['empty text', '', 'order_missing'],
    ['a payment only', `${page}?imp_uid=imp_1`, 'order_missing'],
    ['the text null for its order', `${page}?merchant_uid=null`, 'order_missing'],
    ['two orders', `${page}?merchant_uid=ORD-1&merchant_uid=ORD-2`, 'ambiguous'],
    ['two payments', `${page}?imp_uid=imp_1&merchant_uid=ORD-1&imp_uid=imp_2`, 'ambiguous'],
  ])('T208: takes no return for one that names %s', (_, url, reason) => {
    expect(readReturn(url)).toEqual({ ok: false, reason })
  })
})
