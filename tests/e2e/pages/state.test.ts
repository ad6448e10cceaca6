import { describe, expect, it } from 'vitest'
import { opened, order, press, setUpCheckoutPage } from './checkout-page.ts'

const { open } = setUpCheckoutPage()
const merchantUid = order.merchant_uid
const paid = { status: 'paid', merchantUid, message: '결제가 완료되었습니다.' }

describe('createPaymentState() in Chromium', () => {
  it('goes through idle, open and the result, and offers to pay only where nothing may be paid', async () => {
    const { page, window } = await open()
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await press(window, 'cancel')
    await page.waitForFunction('states.length === 3')
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await press(window, 'pay')
    await page.waitForFunction('states.length === 5')
    expect(await page.evaluate('states')).toEqual([
      ['idle', true],
      ['open', false],
      ['cancelled_by_buyer', true],
      ['open', false],
      ['paid', false],
    ])
    expect(await page.evaluate('payment.getSnapshot()')).toEqual(paid)
  })

  it('offers no payment while the result is unknown', async () => {
    const { page } = await open({ sdk: { url: '/stub.js' }, maxAsks: 1 })
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await opened(page)
    await page.evaluate(`IMP.callback({ merchant_uid: 'ORD-1', imp_uid: 'imp_1' })`)
    await page.waitForFunction('states.length === 3')
    expect(await page.evaluate('states.at(-1)')).toEqual(['unknown', false])
  })

  it('is as before after a mistake in the call, and tells no listener that has gone', async () => {
    const { page } = await open({ sdk: { url: '/stub.js' } })
    const error = await page.evaluate(`(async () => {
      unfollow()
      return payment.requestPay({ amount: 1 }).catch(String)
    })()`)
    expect(error).toBe('TypeError: Cannot open a payment window: merchant_uid is missing')
    expect(await page.evaluate('payment.getSnapshot()')).toEqual({ status: 'idle' })
    expect(await page.evaluate('states')).toEqual([['idle', true]])
  })

  it('takes up a payment that another page of the tab began', async () => {
    const { page, payElsewhere, complete } = await open({ sdk: { url: '/stub.js' } })
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await opened(page)
    await complete({ imp_uid: await payElsewhere(), merchant_uid: merchantUid, success: true })
    await page.reload()
    await page.waitForFunction('window.isReady === true')
    expect(await page.evaluate('payment.resume()')).toEqual(paid)
    expect(await page.evaluate('payment.resume()')).toBe(null)
    expect(await page.evaluate('states')).toEqual([
      ['idle', true],
      ['paid', false],
    ])
  })
})
