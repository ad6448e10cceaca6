import { describe, expect, it } from 'vitest'
import { parseIntent } from './intent.ts'
import { classifyNavigation } from './navigation.ts'
import { paymentApps } from './payment-apps.ts'

const returnPage = 'https://pay.shop.example/payments/redirect'
const ios = { appScheme: 'myapp', returnPage, platform: 'ios' } as const
const android = { ...ios, platform: 'android' } as const

describe('classifyNavigation()', () => {
  it.each(['https://pg.example/pay', 'http://localhost:8788/window', 'about:blank'])(
    'leaves %s to the web view',
    (url) => {
      expect(classifyNavigation(url, ios)).toEqual({ kind: 'page' })
    },
  )

  it.each([
    ['ispmobile://TID=1', ios, 'ispmobile://TID=1', 'https://apps.apple.com/kr/app/id369125087'],
    [
      'ispmobile://TID=1',
      android,
      'ispmobile://TID=1',
      'market://details?id=kvp.jjy.MispAndroid320',
    ],
    ['WOORIPAY://pay', ios, 'WOORIPAY://pay', null],
    ['unknownbank://pay', android, 'unknownbank://pay', null],
    [
      'market://details?id=kvp.jjy.MispAndroid320',
      android,
      'market://details?id=kvp.jjy.MispAndroid320',
      null,
    ],
    [
      'itms-apps://itunes.apple.com/app/id369125087',
      ios,
      'itms-apps://itunes.apple.com/app/id369125087',
      null,
    ],
    ['tel:02-1234-5678', ios, 'tel:02-1234-5678', null],
    [
      'intent://TID=1#Intent;scheme=ispmobile;package=kvp.jjy.MispAndroid320;end',
      android,
      'ispmobile://TID=1',
      'market://details?id=kvp.jjy.MispAndroid320',
    ],
    [
      'intent:kb-acp://pay?srCode=1#Intent;package=com.kbcard.cxh.appcard;end;',
      android,
      'kb-acp://pay?srCode=1',
      'market://details?id=com.kbcard.cxh.appcard',
    ],
    [
      'intent://pay#Intent;scheme=newbank;S.browser_fallback_url=https%3A%2F%2Fbank.example%2Finstall;end',
      android,
      'newbank://pay',
      'https://bank.example/install',
    ],
    [
      'intent://pay#Intent;scheme=supertoss;end',
      android,
      'supertoss://pay',
      'market://details?id=viva.republica.toss',
    ],
  ] as const)('opens another app by %s', (url, settings, appUrl, storeUrl) => {
    expect(classifyNavigation(url, settings)).toEqual({ kind: 'app', appUrl, storeUrl })
  })

  it.each([
    ['myapp://?imp_uid=imp_1&merchant_uid=ORD-1', `${returnPage}?imp_uid=imp_1&merchant_uid=ORD-1`],
    [
      'MYAPP://pay/done?merchant_uid=ORD-1&imp_success=false&error_msg=%ED%95%9C%EB%8F%84',
      `${returnPage}?merchant_uid=ORD-1&imp_success=false&error_msg=%ED%95%9C%EB%8F%84`,
    ],
    [
      'myapp://?imp_uid=imp_1%26merchant_uid=ORD-1%26imp_success=true',
      `${returnPage}?imp_uid=imp_1&merchant_uid=ORD-1&imp_success=true`,
    ],
    [
      'intent://?imp_uid=imp_1&merchant_uid=ORD-1#Intent;scheme=myapp;end',
      `${returnPage}?imp_uid=imp_1&merchant_uid=ORD-1`,
    ],
  ])('goes on with the return %s', (url, pageUrl) => {
    expect(classifyNavigation(url, android)).toEqual({ kind: 'return', pageUrl })
  })

  it('adds a return to a page that has a query', () => {
    const settings = { ...ios, returnPage: 'https://shop.example/done?lang=ko' }
    expect(classifyNavigation('myapp://?merchant_uid=ORD-1', settings)).toEqual({
      kind: 'return',
      pageUrl: 'https://shop.example/done?lang=ko&merchant_uid=ORD-1',
    })
  })

  it.each(['myapp://', 'myapp://pay', 'myapp:?code=1'])(
    'does nothing when a bank’s app only shows the app again: %s',
    (url) => {
      expect(classifyNavigation(url, ios)).toEqual({ kind: 'foreground' })
    },
  )

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,<script>1</script>',
    'file:///data/data/shop/databases/token',
    'content://contacts/people',
    'blob:https://shop.example/1',
    'about:config',
    'view-source:https://shop.example/',
    'intent:javascript:alert(1)#Intent;end',
    'intent:file:///data#Intent;package=shop.example;end',
    'intent://host#Intent;component=shop.example/.Admin;end',
    'intent://host#Intent;scheme=content;end',
    'intent:intent://a#Intent;end',
    'no address',
    '',
  ])('T209: opens nothing for %s', (url) => {
    expect(classifyNavigation(url, android)).toEqual({ kind: 'blocked' })
  })

  it('T209: leads a return to the app’s own page, whatever page another app names', () => {
    const forged =
      'myapp://?m_redirect_url=https%3A%2F%2Fevil.example%2F&imp_uid=imp_1&merchant_uid=ORD-1'
    expect(classifyNavigation(forged, ios)).toEqual({
      kind: 'return',
      pageUrl: `${returnPage}?imp_uid=imp_1&merchant_uid=ORD-1`,
    })
  })

  it('T209: reads of an intent nothing but address, package and web page', () => {
    const url =
      'intent://pay#Intent;scheme=newbank;package=a b;S.browser_fallback_url=javascript%3Aalert(1);S.x=1;component=c/.D;end'
    expect(parseIntent(url)).toEqual({
      appUrl: 'newbank://pay',
      packageName: null,
      fallbackUrl: null,
    })
  })
})

describe('paymentApps', () => {
  it('has a package and a number of the form that the stores use', () => {
    const malformed = Object.entries(paymentApps).filter(
      ([scheme, { android: packageName, ios: number }]) =>
        !/^[a-z][a-z0-9.+-]*$/.test(scheme) ||
        !/^\w+(\.\w+)+$/.test(packageName) ||
        !/^\d{9,10}$/.test(number ?? '369125087'),
    )
    expect(malformed).toEqual([])
  })
})
