import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { createBrowserFixture, pressButton, waitForEvents } from './shop-page.ts'

const impUid = 'imp_000000000001'
const order = { merchant_uid: 'ORD-1', name: 'Carrots', amount: 14.2, currency: 'USD' }
const { openShop } = createBrowserFixture()
const place = (page: Page, type: string) =>
  page.evaluate(`document.body.insertAdjacentHTML('beforeend',
    '<div class="portone-ui-container" data-portone-ui-type="${type}"></div><button id="portone-toss-brandpay-widget-button">Pay</button>')`)
const load = (page: Page, type: string, params: object = order) =>
  page.evaluate(`IMP.loadUI('${type}', ${JSON.stringify(params)}, onResult)`)
const openPopup = async (page: Page, name: string) => {
  const opening = page.waitForEvent('popup')
  await page.getByRole('button', { name }).click()
  return opening
}

describe('IMP.loadUI()', () => {
  it('puts PayPal’s button into the shop’s page, which opens a window', async () => {
    const { page, events } = await openShop()
    await place(page, 'paypal-spb')
    await load(page, 'paypal-spb')
    const popup = await openPopup(page, 'PayPal')
    expect(await popup.locator('.amount strong').textContent()).toContain('14.20')
    await popup.getByLabel('전송 시점').selectOption('never')
    await pressButton(popup, 'pay')
    await waitForEvents(events, 1)
    expect(events).toEqual([['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }]])
  })

  it('registers a PayPal account under the shop’s customer_uid', async () => {
    const { page, events } = await openShop()
    await place(page, 'paypal-rt')
    await load(page, 'paypal-rt', { ...order, amount: 0, customer_uid: 'customer-1' })
    const popup = await openPopup(page, 'PayPal 등록 (save)')
    await popup.getByLabel('전송 시점').selectOption('never')
    await pressButton(popup, 'pay')
    await waitForEvents(events, 1)
    expect(events).toEqual([['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }]])
  })

  it('uses the newest parameters', async () => {
    const { page, simulator } = await openShop()
    await place(page, 'paypal-spb')
    await load(page, 'paypal-spb')
    const changed = JSON.stringify({ ...order, amount: 20, merchant_uid: 'ORD-2' })
    await page.evaluate(`IMP.updateLoadUIRequest('paypal-spb', ${changed})`)
    const popup = await openPopup(page, 'PayPal')
    await popup.locator('[data-action="pay"]').waitFor()
    expect(simulator.paymentWindow.view(impUid)).toMatchObject({
      merchant_uid: 'ORD-2',
      amount: 20,
      pay_method: 'paypal',
      pg_provider: 'paypal_v2',
    })
  })

  it('opens no PayPal window for won', async () => {
    const { page, events } = await openShop()
    await place(page, 'paypal-spb')
    await load(page, 'paypal-spb', { ...order, amount: 1000, currency: 'KRW' })
    await openPopup(page, 'PayPal')
    await waitForEvents(events, 1)
    const error_msg = 'PayPal은 KRW 결제를 지원하지 않습니다.'
    expect(events).toEqual([['callback', { merchant_uid: 'ORD-1', error_code: 'F400', error_msg }]])
  })

  it('pays by BrandPay with the shop’s own button', async () => {
    const { page, windowFrame, events } = await openShop()
    await place(page, 'toss-brandpay-widget')
    await load(page, 'toss-brandpay-widget', { ...order, amount: 1000, currency: 'KRW' })
    await page.getByRole('button', { name: 'Pay' }).click()
    await windowFrame.getByLabel('전송 시점').selectOption('never')
    await pressButton(windowFrame, 'pay')
    await waitForEvents(events, 1)
    expect(events).toEqual([['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }]])
  })

  it.each([
    [
      'an unknown type',
      `IMP.loadUI('apple-pay', {}, onResult)`,
      '알 수 없는 UI 타입입니다: apple-pay',
    ],
    [
      'a page without a container',
      `IMP.loadUI('paypal-rt', {}, onResult)`,
      'portone-ui-container를 찾을 수 없습니다.',
    ],
    [
      'an update of a UI that is not loaded',
      `IMP.updateLoadUIRequest('paypal-spb', {})`,
      '로드되지 않은 UI 타입입니다: paypal-spb',
    ],
  ])('throws at %s', async (_, call, message) => {
    const { page } = await openShop()
    expect(
      await page.evaluate(`(() => { try { ${call} } catch (error) { return error.message } })()`),
    ).toBe(message)
  })
})

describe('the containers of IMP.loadUI()', () => {
  it.each([
    [
      ['paypal-spb', 'toss-brandpay-widget'],
      'data-portone-ui-type에 올바른 UI 타입을 입력해주세요.',
    ],
    [
      ['paypal-rt', 'paypal-rt'],
      '동일한 data-portone-ui-type을 갖는 DOM element가 2개 이상 존재합니다.',
    ],
    [['paypal-rt', 'paypal-spb'], null],
    [['one of another name'], null],
  ])('%j: %s', async (types, message) => {
    const { page } = await openShop()
    for (const type of types) await place(page, type)
    const call = `IMP.loadUI('paypal-rt', {}, onResult)`
    expect(
      await page.evaluate(
        `(() => { try { ${call}; return null } catch (error) { return error.message } })()`,
      ),
    ).toBe(message)
  })
})

describe('IMP.loadModule()', () => {
  const outcome = (call: string) =>
    `${call}.then((value) => ({ value }), ({ code, message }) => ({ code, message }))`

  it('returns the client key of the BrandPay channel', async () => {
    const { page } = await openShop()
    const call = `IMP.loadModule('toss_brandpay', { channelKey: 'channel-key-toss_brandpay' }, {})`
    expect(await page.evaluate(outcome(call))).toEqual({
      value: { clientKey: 'test_ck_brandpay_simulator' },
    })
  })

  it.each([
    ['toss_brandpay', 'channel-key-kcp', '등록 된 PG 설정 정보를 찾을 수 없습니다.'],
    ['nice_brandpay', 'channel-key-toss_brandpay', '지원하지 않는 모듈입니다.'],
  ])('rejects %s on %s', async (type, channelKey, message) => {
    const { page } = await openShop()
    const call = `IMP.loadModule('${type}', ${JSON.stringify({ channelKey })}, {})`
    expect(await page.evaluate(outcome(call))).toEqual({ code: 'BadRequest', message })
  })
})
