import { describe, expect, it } from 'vitest'
import type { Channel } from '../../src/domain/channel/channel.ts'
import { createBrowserFixture, pressButton, requestPay, waitForEvents } from './shop-page.ts'

const impUid = 'imp_000000000001'
const order = { merchant_uid: 'ORD-1', name: '당근 10kg', amount: 129_000, pg: 'kcp' }
const { openShop } = createBrowserFixture()

const refused = {
  success: false,
  imp_uid: impUid,
  merchant_uid: 'ORD-1',
  pay_method: 'card',
  pg_provider: 'kcp',
  pg_type: 'payment',
}

describe('IMP.request_pay()', () => {
  it('refuses an order that is already paid, without a window', async () => {
    const { page, events, simulator } = await openShop()
    const opened = {
      user_code: 'imp00000000',
      user_agent: '',
      device: 'pc' as const,
      params: order,
    }
    simulator.paymentWindow.open(opened)
    await simulator.paymentWindow.approve(impUid, { webhook: { timing: 'never' } })
    await requestPay(page, order)
    await waitForEvents(events, 1)
    const error_msg = '이미 결제가 이루어진 거래건입니다.'
    const base = { success: false, imp_uid: null, merchant_uid: 'ORD-1' }
    expect(events).toEqual([['callback', { ...base, error_code: 'F1002', error_msg }]])
    expect(await page.locator('dialog[open]').count()).toBe(0)
  })

  it.each([
    ['kcp', { success: false, imp_uid: null, merchant_uid: 'ORD-1' }],
    ['tosspayments', { merchant_uid: 'ORD-1' }],
  ])('refuses an amount that is not a number, in the format of %s', async (pg, ids) => {
    const { page, events } = await openShop()
    await requestPay(page, { ...order, pg, amount: '129000' })
    await waitForEvents(events, 1)
    const error_msg = 'amount 파라미터는 숫자여야 합니다.'
    expect(events).toEqual([['callback', { ...ids, error_code: 'F400', error_msg }]])
  })

  it('returns NOT_READY without a channel', async () => {
    const { page, events } = await openShop({ channels: [] })
    await requestPay(page, order)
    await waitForEvents(events, 1)
    const base = { success: false, imp_uid: null, merchant_uid: 'ORD-1' }
    const error_msg = '등록 된 PG 설정 정보를 찾을 수 없습니다.'
    expect(events).toEqual([['callback', { ...base, error_code: 'NOT_READY', error_msg }]])
  })

  it('misspells error_code when the channel is of another type', async () => {
    const channel: Channel = {
      pg_provider: 'danal',
      pg_id: 'A010002002',
      channel_key: 'channel-key-1',
      type: 'certification',
      sandbox: true,
      module: 'legacy',
      store_id: 'store-1',
    }
    const { page, events } = await openShop({ channels: [channel] })
    await requestPay(page, order)
    await waitForEvents(events, 1)
    const base = { imp_success: false, imp_uid: null, merchant_uid: 'ORD-1' }
    const error_msg =
      '등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.'
    expect(events).toEqual([['callback', { ...base, error_coe: 'F1001', error_msg }]])
  })

  it('returns NOT READY, with a space and no flag, when the popup is blocked', async () => {
    const { page, events } = await openShop()
    await page.evaluate('window.open = () => null')
    await requestPay(page, { ...order, popup: true })
    await waitForEvents(events, 1)
    const error_msg = '팝업을 호출하는데 실패하였습니다.'
    expect(events).toEqual([
      ['callback', { imp_uid: null, merchant_uid: 'ORD-1', error_code: 'NOT READY', error_msg }],
    ])
  })

  it.each([
    [true, 'null', '결제요청 파라메터가 누락되었습니다.'],
    [false, '{}', '판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.'],
  ])('alerts the developer (init: %s, params: %s)', async (init, params, text) => {
    const { page } = await openShop({ init })
    const dialogOpened = page.waitForEvent('dialog')
    const evaluating = page.evaluate(`requestPay(${params}, true)`)
    const dialog = await dialogOpened
    await dialog.accept()
    await evaluating
    expect(dialog.message()).toBe(text)
  })

  it('accepts a result from the provider’s origin only', async () => {
    const { page, windowFrame, events } = await openShop()
    await requestPay(page, order)
    await windowFrame.locator('h1:focus').waitFor()
    await page.evaluate(`(() => {
      for (let at = Date.now(); at >= performance.timeOrigin; at -= 1)
        window.postMessage(JSON.stringify({ action: 'payment', data: { request_id: 'req_' + at, success: true } }), '*')
    })()`)
    await pressButton(windowFrame, 'cancel')
    await waitForEvents(events, 1)
    const error_msg = '[결제포기] 사용자가 결제를 취소하셨습니다'
    expect(events).toEqual([['callback', { ...refused, error_msg }]])
  })
})
