import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import {
  createBrowserFixture,
  mobileUserAgent,
  pressButton,
  requestPay,
  waitForEvents,
} from './shop-page.ts'

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

describe('a window on a PC', () => {
  it('calls back with the whole payment and returns the focus to the shop', async () => {
    const { page, windowFrame, events, simulator } = await openShop()
    await page.focus('#buy')
    await requestPay(page, { ...order, custom_data: { size: 'XL' }, buyer_name: 'Hong' })
    await windowFrame.getByLabel('카드사').selectOption('381')
    await windowFrame.getByLabel('할부').selectOption('3')
    await windowFrame.getByLabel('전송 시점').selectOption('never')
    await windowFrame.getByRole('button', { name: '결제하기' }).click()
    await waitForEvents(events, 1)
    const { payment } = await simulator.paymentWindow.cancel(impUid)
    expect(events).toEqual([
      [
        'callback',
        {
          success: true,
          imp_uid: impUid,
          merchant_uid: 'ORD-1',
          pay_method: 'card',
          paid_amount: 129_000,
          status: 'paid',
          name: '당근 10kg',
          pg_provider: 'kcp',
          pg_tid: payment.pg_tid,
          pg_type: 'payment',
          buyer_name: 'Hong',
          buyer_email: '',
          buyer_tel: '',
          buyer_addr: '',
          buyer_postcode: '',
          custom_data: { size: 'XL' },
          paid_at: payment.paid_at,
          receipt_url: expect.stringMatching(/^https:\/\/receipt\.example\/slips\?tid=T0000CARD/),
          apply_num: payment.apply_num,
          bank_name: null,
          card_name: 'KB국민카드',
          card_number: payment.card_number,
          card_quota: 3,
          currency: 'KRW',
        },
      ],
    ])
    expect(await page.locator('dialog[open]').count()).toBe(0)
    expect(await page.evaluate('document.activeElement.id')).toBe('buy')
  })

  it('can be paid with the keyboard only', async () => {
    const { page, windowFrame, events } = await openShop()
    await requestPay(page, { ...order, pay_method: 'vbank' })
    await windowFrame.locator('h1:focus').waitFor()
    for (const _ of ['close', 'bank', 'pay']) await page.keyboard.press('Tab')
    expect(await windowFrame.locator(':focus').getAttribute('data-action')).toBe('pay')
    await page.keyboard.press('Enter')
    await waitForEvents(events, 2)
    expect(events).toContainEqual([
      'callback',
      expect.objectContaining({ success: true, status: 'ready', vbank_name: 'KB국민은행' }),
    ])
  })

  it('closes with Escape, which old modules report as a cancel', async () => {
    const { page, windowFrame, events, simulator } = await openShop()
    await requestPay(page, order)
    await windowFrame.locator('h1:focus').waitFor()
    await page.keyboard.press('Escape')
    await waitForEvents(events, 1)
    const error_msg = '[결제포기] 사용자가 결제를 취소하셨습니다'
    expect(events).toEqual([['callback', { ...refused, error_msg }]])
    expect(simulator.paymentWindow.view(impUid)?.status).toBe('ready')
  })

  it('calls back with the PG’s refusal, and opens again for another attempt', async () => {
    const { page, windowFrame, events } = await openShop()
    await requestPay(page, order)
    await windowFrame.getByLabel('거절 사유').selectOption('CC10')
    await pressButton(windowFrame, 'decline')
    await waitForEvents(events, 1)
    await requestPay(page, order)
    await pressButton(windowFrame, 'cancel')
    await waitForEvents(events, 2)
    expect(events).toEqual([
      ['callback', { ...refused, error_code: 'CC10', error_msg: '잔액부족' }],
      [
        'callback',
        {
          ...refused,
          imp_uid: 'imp_000000000002',
          error_msg: '[결제포기] 사용자가 결제를 취소하셨습니다',
        },
      ],
    ])
  })

  it('sends the webhook of a paid result when the browser’s connection drops', async () => {
    const { page, windowFrame, events } = await openShop()
    await requestPay(page, order)
    await windowFrame.getByLabel('전송 시점').selectOption('after')
    await pressButton(windowFrame, 'drop')
    await windowFrame.locator('[data-outcome="dropped"]').waitFor()
    await waitForEvents(events, 1)
    expect(events).toEqual([
      ['webhook', JSON.stringify({ imp_uid: impUid, merchant_uid: 'ORD-1', status: 'paid' })],
    ])
  })

  it('sends a webhook before the browser has its result when timed before', async () => {
    const { page, windowFrame, events } = await openShop()
    await requestPay(page, { ...order, pg: 'tosspayments' })
    await windowFrame.getByLabel('전송 시점').selectOption('before')
    await pressButton(windowFrame, 'pay')
    await waitForEvents(events, 2)
    expect(events).toEqual([
      ['webhook', JSON.stringify({ imp_uid: impUid, merchant_uid: 'ORD-1', status: 'paid' })],
      ['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }],
    ])
  })

  it('sends a webhook after the browser has its result when timed after', async () => {
    const { page, windowFrame, events } = await openShop()
    await page.route('**/window/returned/**', async (route) => {
      events.push('returned')
      await route.continue()
    })
    await requestPay(page, { ...order, pg: 'tosspayments' })
    await windowFrame.getByLabel('전송 시점').selectOption('after')
    await windowFrame.getByLabel('횟수').fill('2')
    await windowFrame.getByLabel('형식').selectOption('form')
    await pressButton(windowFrame, 'pay')
    await waitForEvents(events, 4)
    const webhook = ['webhook', `imp_uid=${impUid}&merchant_uid=ORD-1&status=paid`]
    expect(events).toEqual([
      ['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }],
      'returned',
      webhook,
      webhook,
    ])
  })

  it('polls five times after the window of a new module was closed, and then reports a cancel', async () => {
    const { page, windowFrame, events } = await openShop()
    await requestPay(page, { ...order, pg: 'tosspayments' })
    await pressButton(windowFrame, 'close')
    await waitForEvents(events, 1)
    const error_msg = '사용자가 결제를 취소하였습니다.'
    expect(events).toEqual([
      ['callback', { imp_uid: impUid, merchant_uid: 'ORD-1', error_code: 'F400', error_msg }],
    ])
  })

  it('finds an approval that arrived while the window was being closed', async () => {
    const { page, windowFrame, events, simulator } = await openShop()
    await requestPay(page, { ...order, pg: 'tosspayments' })
    await pressButton(windowFrame, 'close')
    await simulator.paymentWindow.approve(impUid, { webhook: { timing: 'never' } })
    await waitForEvents(events, 1)
    expect(events).toEqual([['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }]])
  })

  it('opens as a popup on request, and treats its closing as a cancel', async () => {
    const { page, events } = await openShop()
    const opening = page.waitForEvent('popup')
    await requestPay(page, { ...order, popup: true })
    const popup = await opening
    await popup.locator('[data-action="pay"]').waitFor()
    await popup.close()
    await waitForEvents(events, 1)
    const error_msg = '[결제포기] 사용자가 결제를 취소하셨습니다'
    expect(events).toEqual([['callback', { ...refused, error_msg }]])
  })

  it('returns a popup’s result to the page that opened it', async () => {
    const { page, events } = await openShop()
    const opening = page.waitForEvent('popup')
    await requestPay(page, { ...order, pg: 'tosspayments', popup: true })
    const popup = await opening
    await popup.getByLabel('전송 시점').selectOption('never')
    await pressButton(popup, 'pay')
    await waitForEvents(events, 1)
    expect(events).toEqual([['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }]])
  })
})

describe('a window on a phone', () => {
  it.each([
    ['kcp', '&imp_success=true'],
    ['tosspayments', ''],
  ])('navigates the page and redirects it back to the shop (%s)', async (pg, flag) => {
    const { page, shopUrl } = await openShop({ userAgent: mobileUserAgent })
    await requestPay(page, { ...order, pg, m_redirect_url: `${shopUrl}/done?a=1` })
    await pressButton(page, 'pay')
    await page.waitForURL('**/done**')
    expect(page.url()).toBe(`${shopUrl}/done?a=1&imp_uid=${impUid}&merchant_uid=ORD-1${flag}`)
  })

  it.each(['card', 'vbank', 'phone'])('is accessible (%s)', async (pay_method) => {
    const { page } = await openShop({ userAgent: mobileUserAgent })
    const phoneBill = { digital: true, buyer_name: 'Hong', bypass: { shop_user_id: 'hong' } }
    await requestPay(page, { ...order, ...phoneBill, pay_method })
    await page.locator('[data-action="pay"]').waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  })

  it('ends on the provider’s page without a return address', async () => {
    const { page, simulatorUrl } = await openShop({ userAgent: mobileUserAgent })
    await requestPay(page, order)
    await pressButton(page, 'pay')
    await page.locator('[data-outcome="approved"]').waitFor()
    expect(page.url()).toBe(
      `${simulatorUrl}/payments/success?success=true&imp_uid=${impUid}&merchant_uid=ORD-1`,
    )
  })

  it.each([
    ['/done', '/done?imp_uid=null&'],
    ['/done?a=1', '/done?a=1&imp_uid=null&'],
    ['/done?a=1&b=2#top', '/done?a=1&b=2imp_uid=null&'],
  ])(
    'appends the script’s own failure unencoded to %s without a callback',
    async (given, start) => {
      const { page, shopUrl } = await openShop({ userAgent: mobileUserAgent, channels: [] })
      await requestPay(page, { ...order, m_redirect_url: `${shopUrl}${given}` }, false)
      await page.waitForURL('**/done**')
      const errorText = encodeURI('error_msg=등록 된 PG 설정 정보를 찾을 수 없습니다.')
      const hash = given.includes('#') ? '#top' : ''
      expect(page.url()).toBe(
        `${shopUrl}${start}merchant_uid=ORD-1&imp_success=false&${errorText}${hash}`,
      )
    },
  )
})
