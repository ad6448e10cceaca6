import { describe, expect, it } from 'vitest'
import type { WindowResult } from '../domain/payment/window.ts'
import { toRedirectUrl } from './redirect-url.ts'

const paid: WindowResult = {
  imp_uid: 'imp_347242536261',
  merchant_uid: '57008833-33004',
  ok: true,
  error_code: null,
  error_msg: null,
  paid_amount: 1004,
  payment: { customer_uid: null },
}
const declined = { ...paid, ok: false, error_code: 'CC61', error_msg: '거래금액 한도초과 & <b>' }
const ids = 'imp_uid=imp_347242536261&merchant_uid=57008833-33004'
const errorQuery =
  'error_code=CC61&error_msg=%EA%B1%B0%EB%9E%98%EA%B8%88%EC%95%A1%20%ED%95%9C%EB%8F%84%EC%B4%88%EA%B3%BC%20%26%20%3Cb%3E'

describe('toRedirectUrl()', () => {
  it.each([
    ['legacy', paid, `https://shop.example/done?${ids}&imp_success=true`],
    ['legacy', declined, `https://shop.example/done?${ids}&imp_success=false&${errorQuery}`],
    ['new', paid, `https://shop.example/done?${ids}`],
    ['new', declined, `https://shop.example/done?${ids}&${errorQuery}`],
  ] as const)('returns from a %s module as documented', (module, result, url) => {
    expect(toRedirectUrl('https://shop.example/done', module, result)).toBe(url)
  })

  it.each([
    ['https://shop.example/?q=%20a+b&c', `https://shop.example/?q=%20a+b&c&${ids}`],
    ['https://shop.example/?', `https://shop.example/?${ids}`],
    ['https://shop.example/a#b?c', `https://shop.example/a?${ids}#b?c`],
    ['https://shop.example/?imp_uid=x', `https://shop.example/?imp_uid=x&${ids}`],
    ['shopapp://done', `shopapp://done?${ids}`],
  ])('keeps %s unchanged', (given, url) => {
    expect(toRedirectUrl(given, 'new', paid)).toBe(url)
  })

  it.each([null, '/relative'])('ends on the provider’s own page for the address %s', (given) => {
    expect(toRedirectUrl(given, 'legacy', paid)).toBe(`/payments/success?success=true&${ids}`)
    expect(toRedirectUrl(given, 'new', declined)).toBe(
      `/payments/fail?success=false&${ids}&${errorQuery}`,
    )
  })

  it('appends the action of a KCP QuickPay window', () => {
    const quick = { ...paid, payment: { pg_provider: 'kcp_quick' }, kcp_action: 'Register' }
    expect(toRedirectUrl('https://shop.example/', 'legacy', quick)).toBe(
      `https://shop.example/?${ids}&imp_status=true&kcp_action=Register`,
    )
  })

  it('appends the billing key of new modules', () => {
    const withKey = { ...paid, payment: { customer_uid: 'gildong_1' } }
    expect(toRedirectUrl('https://shop.example/', 'new', withKey)).toBe(
      `https://shop.example/?${ids}&customer_uid=gildong_1`,
    )
  })
})
