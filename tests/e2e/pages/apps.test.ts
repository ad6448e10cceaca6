import { classifyNavigation } from '@quayside/browser/app'
import { describe, expect, it } from 'vitest'
import { order, pay, press, ready, resume, setUpCheckoutPage } from './checkout-page.ts'

const { open } = setUpCheckoutPage()
const merchantUid = order.merchant_uid
const paid = { status: 'paid', merchantUid, message: '결제가 완료되었습니다.' }

const android = 'Mozilla/5.0 (Linux; Android 15; SM-S938N Build/AP3A.240905.015; wv)'
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile'
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15'
const agents = [
  ['Capacitor on Android', `${android} ${chrome} Safari/537.36`],
  ['React Native on iOS', `${iphone} (KHTML, like Gecko) Mobile/15E148`],
  ['Flutter on Android', `${android} ${chrome} Safari/537.36 MyShop/1.2.3 (Flutter)`],
  ['the browser of KakaoTalk', `${android} ${chrome} Safari/537.36;KAKAOTALK 2510100`],
  [
    'the browser of Naver',
    `${iphone} (KHTML, like Gecko) Mobile/15E148 NAVER(inapp; search; 1200; 12.10.1)`,
  ],
  ['Safari in an app', `${iphone} (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1`],
] as const

/** Pays on a phone, and returns the query with which the buyer came back. */
async function payInApp(userAgent: string, request: object = order) {
  const opened = await open({ userAgent })
  const { page, server } = opened
  const returns: string[] = []
  page.on('request', (sent) => {
    if (sent.url().startsWith(`${server}/payments/redirect`))
      returns.push(new URL(sent.url()).search)
  })
  await pay(page, request)
  await press(page, 'pay')
  await page.waitForURL('**/result')
  await ready(page)
  const [query = ''] = returns
  return { ...opened, query }
}

describe('a payment in an app', () => {
  it.each(agents)('is completed in %s, by one payment', async (_, userAgent) => {
    const { page, result, simulator } = await payInApp(userAgent, {
      ...order,
      app_scheme: 'myapp',
    })
    await resume(page, { isReturnPage: true })
    expect(await result()).toEqual(paid)
    const state = await simulator.fetch('https://provider.example/_simulator/state')
    expect(Object(await state.json())['payments'].length).toBe(1)
  })

  it.each(['&', '%26'])(
    'goes on when another app calls this one with the result, with %s between its fields',
    async (and) => {
      const { page, server, query, result } = await payInApp(agents[1][1])
      const url = `myapp://pay${query.replaceAll('&', and)}`
      const navigation = classifyNavigation(url, {
        appScheme: 'myapp',
        returnPage: `${server}/payments/redirect`,
        platform: 'ios',
      })
      expect(navigation).toEqual({
        kind: 'return',
        pageUrl: `${server}/payments/redirect${query}`,
      })
      // The second return of the same payment.
      await page.goto(`${server}/payments/redirect${query}`)
      await page.waitForURL('**/result')
      await ready(page)
      await resume(page, { url })
      expect(await result()).toEqual(paid)
    },
  )

  it('is found again by an app that was closed, with the token from its server', async () => {
    const { page, query, result, context, shopUrl } = await payInApp(agents[0][1])
    await page.close()
    const fresh = await context.newPage()
    await fresh.goto(`${shopUrl}/orders`)
    await ready(fresh)
    await resume(fresh, { token: 'token-of-the-order-1', url: 'myapp://pay?merchant_uid=ORD-1' })
    expect(await result()).toEqual(paid)
    await resume(fresh, { url: `myapp://pay${query}` })
    expect(await result(2)).toEqual(paid)
  })
})
