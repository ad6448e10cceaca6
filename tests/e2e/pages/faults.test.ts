import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import callbacks from '../../../packages/browser/fixtures/callbacks.json' with { type: 'json' }
import {
  opened,
  order,
  pay,
  phone,
  press,
  ready,
  resume,
  setUpCheckoutPage,
} from './checkout-page.ts'

const { open } = setUpCheckoutPage()
const merchantUid = order.merchant_uid
const stub = { sdk: { url: '/stub.js' } }
const paid = { status: 'paid', merchantUid, message: '결제가 완료되었습니다.' }
const notOpened = {
  status: 'failed',
  merchantUid,
  message: null,
  errorCode: null,
  errorMessage: null,
  problems: [],
}
const unknown = { status: 'unknown', merchantUid, errorCode: null }
const checking = '결제 결과를 확인하고 있습니다. 다시 결제하지 마시고 잠시 기다려 주세요.'
const statusOf = (result: unknown): unknown => Object(result)['status']

/** What the window says, to a page with the stub of the browser script. */
const callBack = async (page: Page, response: unknown) => {
  await opened(page)
  await page.evaluate(`{
    const { callback } = IMP
    delete IMP.callback
    IMP.again = callback
    callback(${JSON.stringify(response)})
  }`)
}

describe('T200: the window says something else than the payment server', () => {
  it.each([
    { success: false, error_msg: '사용자가 결제를 취소하셨습니다' },
    { success: false, error_code: 'F500', error_msg: 'timeout' },
    { imp_success: false },
    {},
  ])('resolves to paid when the payment is paid, and the window says %j', async (said) => {
    const { page, result, payElsewhere } = await open(stub)
    await pay(page)
    const imp_uid = await payElsewhere()
    await callBack(page, { ...said, imp_uid, merchant_uid: merchantUid })
    expect(await result()).toEqual(paid)
  })

  it('resolves to unknown, not to paid, when the window says paid and there is no payment', async () => {
    const { page, result } = await open(stub)
    await pay(page)
    const said = { success: true, imp_uid: 'imp_123456789012', merchant_uid: merchantUid }
    await callBack(page, said)
    expect(await result()).toEqual({ ...unknown, reason: 'pending', message: checking })
  })

  it('resolves to paid when the window refuses because the order is paid already', async () => {
    const { page, result, payElsewhere, complete } = await open()
    await complete({ imp_uid: await payElsewhere(), merchant_uid: merchantUid, success: true })
    await pay(page)
    expect(await result()).toEqual(paid)
  })
})

describe('T201: the network is cut', () => {
  it.each([
    ['before the browser script', '**/v1/iamport.js', 'failed'],
    ['before the channels', '**/users/pg/**', 'failed'],
    ['before the report', '**/payments/complete', 'unknown'],
    ['before the account is read', '**/payments/orders/**', 'unknown'],
  ])('%s (%s): nothing false, and the account once it is back', async (_, url, status) => {
    const { page, context, window, result, shopUrl } = await open()
    await context.route(url, (route) => route.abort())
    await page.goto(`${shopUrl}/again`)
    await ready(page)
    await pay(page, { ...order, pay_method: 'vbank', vbank_due: '20300101' })
    if (status === 'unknown') await press(window, 'pay')
    expect(statusOf(await result())).toBe(status)
    await context.unroute(url)
    if (status === 'unknown') await resume(page)
    else {
      await pay(page, { ...order, pay_method: 'vbank', vbank_due: '20300101' })
      await press(window, 'pay')
    }
    expect(statusOf(await result(2))).toBe('account_issued')
  })

  it('waits while the payment server cannot be reached, and asks when the network is back', async () => {
    const { page, context, results, askNow, payElsewhere } = await open({ ...stub, maxAsks: 1_000 })
    await pay(page)
    const imp_uid = await payElsewhere()
    await context.route('**/payments/**', (route) => route.abort())
    await callBack(page, { success: true, imp_uid, merchant_uid: merchantUid })
    await page.waitForEvent('requestfailed')
    expect(await askNow()).toBe(0)
    await context.unroute('**/payments/**')
    await expect.poll(askNow, { interval: 20 }).toBe(1)
    expect(results).toEqual([paid])
  })

  it('never says failed about a payment that was refused, while the server cannot be asked', async () => {
    const { page, context, window, result, server } = await open()
    await pay(page)
    await context.route(`${server}/**`, (route) => route.abort())
    await press(window, 'decline')
    expect(await result()).toEqual({ ...unknown, reason: 'offline', message: null })
  })
})

describe('T202: one order is paid for twice', () => {
  it('opens one window for a double click, and both calls get its result', async () => {
    const { page, result } = await open(stub)
    await Promise.all([pay(page), pay(page)])
    await opened(page)
    expect(await page.evaluate('IMP.opened')).toBe(1)
    const said = { imp_uid: null, merchant_uid: merchantUid, error_code: 'F1', error_msg: '거절' }
    await callBack(page, said)
    const refused = {
      ...notOpened,
      reason: 'refused',
      message: '결제가 완료되지 않았습니다. 다시 시도해 주세요.',
      errorCode: 'F1',
      errorMessage: '거절',
    }
    expect([await result(2), await result(2)]).toEqual([refused, refused])
  })

  it('opens no window for another order meanwhile', async () => {
    const { page, results, result } = await open(stub)
    await pay(page)
    await pay(page, { ...order, merchant_uid: 'ORD-2' })
    expect(await result()).toEqual({
      ...notOpened,
      merchantUid: 'ORD-2',
      reason: 'another_in_progress',
    })
    expect(results.length).toBe(1)
  })

  it('does not say failed about an order that is paid, while another has its window open', async () => {
    const { page, result, payElsewhere, complete } = await open(stub)
    await complete({ imp_uid: await payElsewhere(), merchant_uid: merchantUid, success: true })
    await pay(page, { ...order, merchant_uid: 'ORD-2' })
    await opened(page)
    await pay(page)
    expect(await result()).toEqual(paid)
    expect(await page.evaluate('IMP.opened')).toBe(1)
  })

  it('does not say failed about an order that may be paid, while another has its window open', async () => {
    const { page, result } = await open(stub)
    await pay(page)
    await opened(page)
    await page.reload()
    await ready(page)
    await pay(page, { ...order, merchant_uid: 'ORD-2' })
    await opened(page)
    await pay(page)
    expect(await result()).toEqual({ ...unknown, reason: 'pending', message: checking })
    expect(await page.evaluate('IMP.opened')).toBe(1)
  })

  it('opens no second window in another tab', async () => {
    const { page, openTab, results, result } = await open(stub)
    await pay(page)
    await opened(page)
    const other = await openTab()
    await pay(other)
    expect(await result()).toEqual({
      ...unknown,
      reason: 'open_in_another_tab',
      message: null,
    })
    expect(await other.evaluate('IMP.opened')).toBe(0)
    expect(results.length).toBe(1)
  })
})

describe('T203: the browser script is blocked, or is another', () => {
  it.each([
    ['nothing', 'sdk_unavailable', ''],
    ['the script of V2', 'sdk_incompatible', 'window.PortOne = { requestPayment() {} }'],
    ['something else of this name', 'sdk_incompatible', 'window.IMP = { init() {} }'],
    [
      'an old script that needs a library',
      'sdk_incompatible',
      'window.IMP = { init() {}, request_pay() { jQuery.ajax() }, certification() {} }',
    ],
    [
      'a script that cannot reach the provider',
      'sdk_unavailable',
      'window.IMP = { init() { throw new Error() }, request_pay() {}, certification() {} }',
    ],
  ])('resolves to failed without a window where the page has %s', async (_, reason, initScript) => {
    const { page, result } = await open({ sdk: { url: '/nothing.js' }, initScript })
    await pay(page)
    expect(await result()).toEqual({ ...notOpened, reason })
  })

  it('runs no file that has another digest', async () => {
    const integrity = `sha384-${'A'.repeat(64)}`
    const { page, result } = await open({ sdk: { url: '/stub.js', integrity } })
    await pay(page)
    expect(await result()).toEqual({ ...notOpened, reason: 'sdk_unavailable' })
    expect(await page.evaluate('typeof IMP')).toBe('undefined')
  })

  it('does not say failed about an order that is paid', async () => {
    const { page, result, payElsewhere, complete } = await open({ sdk: { url: '/nothing.js' } })
    await complete({ imp_uid: await payElsewhere(), merchant_uid: merchantUid, success: true })
    await pay(page)
    expect(await result()).toEqual(paid)
  })

  it('does not say failed about an order whose last window ended without a result', async () => {
    const { page, result, context, shopUrl } = await open(stub)
    await pay(page)
    await opened(page)
    await context.route('**/stub.js', (route) => route.abort())
    await page.goto(`${shopUrl}/again`)
    await ready(page)
    await pay(page)
    expect(await result()).toEqual({ ...unknown, reason: 'pending', message: checking })
  })
})

describe('T204: the browser blocks the popup', () => {
  it('resolves to failed, and the next click opens it', async () => {
    const { page, result, context } = await open()
    await page.evaluate('window.opens = window.open; window.open = () => null')
    await pay(page, { ...order, popup: true })
    expect(await result()).toEqual({
      ...notOpened,
      reason: 'popup_blocked',
      message: '결제가 완료되지 않았습니다. 다시 시도해 주세요.',
      errorCode: 'NOT READY',
      errorMessage: '팝업을 호출하는데 실패하였습니다.',
    })
    await page.evaluate('window.open = window.opens')
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      pay(page, { ...order, popup: true }),
    ])
    await press(popup, 'pay')
    expect(await result(2)).toEqual(paid)
  })
})

describe('T205: the page is left or loaded again while the window is open', () => {
  it.each(['', 'denied'])('goes on after a reload with storage %s', async (storage) => {
    const initScript =
      storage === 'denied'
        ? "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })"
        : ''
    const { page, result, payElsewhere, complete } = await open({ ...stub, initScript })
    await pay(page)
    await opened(page)
    await complete({ imp_uid: await payElsewhere(), merchant_uid: merchantUid, success: true })
    await page.reload()
    await ready(page)
    await resume(page)
    expect(await result()).toEqual(storage === 'denied' ? null : paid)
  })

  it('pays without storage', async () => {
    const initScript =
      "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })"
    const { page, window, result } = await open({ initScript })
    await pay(page)
    await press(window, 'pay')
    expect(await result()).toEqual(paid)
  })

  it('does not take a failure of before for one of the window that was left', async () => {
    const { page, window, result } = await open()
    await pay(page)
    await press(window, 'decline')
    expect(statusOf(await result())).toBe('failed')
    await pay(page)
    await window.locator('[data-action=pay]').waitFor()
    await page.reload()
    await ready(page)
    await resume(page)
    expect(statusOf(await result(2))).toBe('unknown')
  })

  it('does not take the return that the address still has for one of the window that was opened there', async () => {
    const { page, shopUrl, window, result, results } = await open()
    await pay(page)
    await press(window, 'decline')
    const { errorMessage } = Object(await result())
    const returned = new URLSearchParams({
      merchant_uid: merchantUid,
      imp_success: 'false',
      error_msg: String(errorMessage),
    })
    await page.goto(`${shopUrl}/checkout?${returned}`)
    await ready(page)
    await resume(page)
    expect(statusOf(await result(2))).toBe('failed')
    await pay(page)
    await window.locator('[data-action=pay]').waitFor()
    for (const options of [{}, { isReturnPage: true }]) {
      await page.reload()
      await ready(page)
      await resume(page, options)
      expect(await result(results.length + 1)).toEqual({
        ...unknown,
        reason: 'pending',
        message: expect.any(String),
        errorCode: expect.toBeOneOf([expect.any(String), null]),
      })
    }
  })

  it('knows nothing of a payment from which a phone comes back by the back button', async () => {
    const { page, result } = await open({ userAgent: phone })
    await pay(page)
    await page.locator('[data-action=pay]').waitFor()
    await page.goBack()
    await ready(page)
    await resume(page)
    expect(await result()).toEqual({ ...unknown, reason: 'pending', message: checking })
  })

  it('settles when the browser restores the page as it was', async () => {
    const { page, result } = await open(stub)
    await pay(page)
    await opened(page)
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(await result()).toEqual({ ...unknown, reason: 'pending', message: checking })
  })
})

describe('T206: other scripts post messages', () => {
  it('takes none of them for a result', async () => {
    const { page, window, result, results } = await open()
    await pay(page)
    await window.locator('[data-action=pay]').waitFor()
    await page.evaluate(`(async () => {
      const data = { success: true, imp_uid: 'imp_1', merchant_uid: 'ORD-1' }
      for (const message of [data, JSON.stringify({ action: 'payment', data }), 'ORD-1', null]) {
        for (const each of [window, ...Array.from(window.frames)]) each.postMessage(message, '*')
      }
      await new Promise((resolve) => {
        window.addEventListener('message', (event) => event.data === 'last' && resolve())
        window.postMessage('last', '*')
      })
    })()`)
    expect(results).toEqual([])
    await press(window, 'pay')
    expect(await result()).toEqual(paid)
  })
})

describe('T207: the window returns something irregular', () => {
  it('never says failed about an order that is paid, and never paid about one that is not', async () => {
    const { page, result, payElsewhere } = await open({ ...stub, maxAsks: 1 })
    const said = callbacks.map(({ response }) =>
      typeof response === 'object' && response !== null
        ? { ...response, merchant_uid: merchantUid }
        : response,
    )
    const unpaid: unknown[] = []
    for (const response of said) {
      await pay(page)
      await callBack(page, response)
      unpaid.push(statusOf(await result(unpaid.length + 1)))
    }
    const refusals = [
      'callback-new-module-prepare-failed-no-imp_uid',
      'callback-wrong-channel-misspelt-key',
      'callback-popup-blocked',
    ]
    expect(unpaid).toEqual(
      callbacks.map(({ name }) => (refusals.includes(name) ? 'failed' : 'unknown')),
    )
    const imp_uid = await payElsewhere()
    const afterwards: unknown[] = []
    for (const response of said) {
      await pay(page)
      await callBack(page, { ...Object(response), imp_uid })
      afterwards.push(statusOf(await result(said.length + afterwards.length + 1)))
    }
    expect(afterwards).toEqual(
      // Its window was that of an identity verification.
      callbacks.map(({ name }) => (name === 'certification-success' ? 'unknown' : 'paid')),
    )
  })

  it('settles once when the window calls back twice', async () => {
    const { page, results, result, payElsewhere, orderStatus } = await open(stub)
    await pay(page)
    await callBack(page, { success: false, merchant_uid: merchantUid, error_msg: '거절' })
    expect(statusOf(await result())).toBe('failed')
    const imp_uid = await payElsewhere()
    const late = { success: true, imp_uid, merchant_uid: merchantUid }
    await page.evaluate(`IMP.again(${JSON.stringify(late)})`)
    await expect.poll(orderStatus, { interval: 20 }).toBe('paid')
    expect(results.length).toBe(1)
  })
})
