import { describe, expect, it } from 'vitest'
import { createBrowserFixture, mobileUserAgent, requestPay, waitForEvents } from './shop-page.ts'

const { openShop } = createBrowserFixture()
const order = { merchant_uid: 'ORD-1', name: '당근 10kg', amount: 129_000, pg: 'kakaopay' }
const ids = { imp_uid: 'imp_000000000001', merchant_uid: 'ORD-1' }

describe('IMP.communicate()', () => {
  it.each([
    ['process', { success: true, status: 'paid' }],
    ['cancel', { success: false, error_msg: '[결제포기] 사용자가 결제를 취소하셨습니다' }],
  ])('ends the open window with the result of the app: %s', async (result, expected) => {
    const { page, windowFrame, events } = await openShop()
    await requestPay(page, order)
    await windowFrame.locator('h1:focus').waitFor()
    await page.evaluate(`IMP.communicate({ result: 'later' })`)
    await page.evaluate(`IMP.communicate({ result: '${result}' })`)
    await waitForEvents(events, expected.success ? 2 : 1)
    const called = events.find((event) => Array.isArray(event) && event[0] === 'callback')
    expect(called).toEqual(['callback', expect.objectContaining({ ...ids, ...expected })])
  })

  it('does nothing without an open window', async () => {
    const { page, events } = await openShop()
    await page.evaluate(`IMP.communicate({ result: 'process' })`)
    expect(events).toEqual([])
  })
})

describe('IMP.naver_zzim()', () => {
  const shoes = { id: 'P1', name: '<b>신발</b>', desc: '편한', uprice: 10_000, url: '', image: '' }
  const zzim = `IMP.naver_zzim({ naverProducts: [${JSON.stringify(shoes)}] })`

  it('T37: shows the products in a popup, as text', async () => {
    const { page, events } = await openShop()
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate(zzim)])
    await popup.waitForURL(/\/window\/wishlist\//)
    expect(await popup.locator('li').allTextContents()).toEqual(['<b>신발</b> · 10,000원'])
    expect(events).toEqual([])
  })

  it('navigates the page on a phone', async () => {
    const { page } = await openShop({ userAgent: mobileUserAgent })
    await Promise.all([page.waitForURL(/\/window\/wishlist\//), page.evaluate(zzim)])
    expect(await page.locator('h1').textContent()).toBe('네이버페이에 찜한 상품')
  })

  it.each([
    ['without an order type channel', { channels: [] }, '네이버페이 주문형으로 다시 시도해주세요.'],
    [
      'before IMP.init',
      { init: false },
      '판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.',
    ],
  ])('alerts the developer %s', async (_, options, text) => {
    const { page } = await openShop(options)
    const dialogOpened = page.waitForEvent('dialog')
    const evaluating = page.evaluate(zzim)
    const dialog = await dialogOpened
    await dialog.accept()
    await evaluating
    expect(dialog.message()).toBe(text)
  })
})
