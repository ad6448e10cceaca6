import type { BrowserContext, Route } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { opened, order, press, setUpCheckoutPage } from './checkout-page.ts'

const { open } = setUpCheckoutPage()
const merchantUid = order.merchant_uid
const paid = { status: 'paid', merchantUid, message: '결제가 완료되었습니다.' }

/** Keeps the next answer about the order until it is released; what it says is of the time of the question. */
const holdNextAnswer = async (context: BrowserContext) => {
  const held = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const hold = async (route: Route) => {
    const response = await route.fetch()
    held.resolve()
    await released.promise
    await route.fulfill({ response })
  }
  await context.route('**/payments/orders/**', hold, { times: 1 })
  return { isHeld: held.promise, release: released.resolve }
}

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
      ['checking', false],
      ['paid', false],
      ['checking', false],
      ['paid', false],
    ])
  })

  it('T202: offers no payment while it asks about one that another page of the tab began', async () => {
    const { page, context } = await open({ sdk: { url: '/stub.js' }, maxAsks: 1 })
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await opened(page)
    const held = await holdNextAnswer(context)
    await page.reload()
    await page.waitForFunction('window.isReady === true')
    await page.evaluate('window.resumed = payment.resume(), null')
    await held.isHeld
    expect(await page.evaluate('[payment.getSnapshot(), states.at(-1)[1]]')).toEqual([
      { status: 'checking' },
      false,
    ])
    held.release()
    expect(await page.evaluate('resumed.then(({ status }) => status)')).toBe('unknown')
    expect(await page.evaluate('payment.getSnapshot().status')).toBe('unknown')
  })

  it('is idle again where there is nothing to take up', async () => {
    const { page } = await open({ sdk: { url: '/stub.js' } })
    expect(await page.evaluate('payment.resume()')).toBe(null)
    expect(await page.evaluate('payment.getSnapshot()')).toEqual({ status: 'idle' })
  })

  it('keeps the result of the newest payment when one of before is answered later', async () => {
    const { page, context, window } = await open({ maxAsks: 1 })
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await window.locator('[data-action=pay]').waitFor()
    const held = await holdNextAnswer(context)
    await page.reload()
    await page.waitForFunction('window.isReady === true')
    await page.evaluate('window.resumed = payment.resume(), null')
    await held.isHeld
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await press(window, 'pay')
    await page.waitForFunction("payment.getSnapshot().status === 'paid'")
    held.release()
    expect(await page.evaluate('resumed.then(({ status }) => status)')).toBe('unknown')
    expect(await page.evaluate('states')).toEqual([
      ['idle', true],
      ['checking', false],
      ['open', false],
      ['paid', false],
    ])
  })

  it('stays with the open window whatever else is asked meanwhile', async () => {
    const { page, window } = await open()
    await page.evaluate(`followPayment(${JSON.stringify(order)})`)
    await window.locator('[data-action=pay]').waitFor()
    const other = { ...order, merchant_uid: 'ORD-2' }
    const { reason } = Object(await page.evaluate(`payment.requestPay(${JSON.stringify(other)})`))
    expect(reason).toBe('another_in_progress')
    await page.evaluate('payment.resume()')
    expect(await page.evaluate('states')).toEqual([
      ['idle', true],
      ['open', false],
    ])
    await press(window, 'cancel')
    await page.waitForFunction('states.length === 3')
    expect(await page.evaluate('states.at(-1)')).toEqual(['cancelled_by_buyer', true])
  })
})
