import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { answers, ask, createStage, phone, press } from './shop-page.ts'

const impUid = 'imp_000000000001'
const order = { merchant_uid: 'ORD-1', name: '당근 10kg', amount: 129_000, pg: 'kcp' }
const { enter } = createStage()

const refused = {
  success: false,
  imp_uid: impUid,
  merchant_uid: 'ORD-1',
  pay_method: 'card',
  pg_provider: 'kcp',
  pg_type: 'payment',
}

describe('a window on a PC', { timeout: 30_000 }, () => {
  it('calls back with the whole payment and gives the keyboard back to the shop', async () => {
    const { page, pane, events, simulator } = await enter()
    await page.focus('#buy')
    await ask(page, { ...order, custom_data: { size: 'XL' }, buyer_name: 'Hong' })
    await pane.getByLabel('카드사').selectOption('381')
    await pane.getByLabel('할부').selectOption('3')
    await pane.getByLabel('보내는 때').selectOption('never')
    await pane.getByRole('button', { name: '결제하기' }).click()
    await answers(events, 1)
    const { payment } = await simulator.desk.cancel(impUid)
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
          receipt_url: '',
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

  it('can be paid in with the keyboard alone', async () => {
    const { page, pane, events } = await enter()
    await ask(page, { ...order, pay_method: 'vbank' })
    await pane.locator('h1:focus').waitFor()
    for (const _ of ['close', 'bank', 'pay']) await page.keyboard.press('Tab')
    expect(await pane.locator(':focus').getAttribute('data-action')).toBe('pay')
    await page.keyboard.press('Enter')
    await answers(events, 2)
    expect(events).toContainEqual([
      'callback',
      expect.objectContaining({ success: true, status: 'ready', vbank_name: 'KB국민은행' }),
    ])
  })

  it('is left with Escape, which old modules report as a cancel', async () => {
    const { page, pane, events, simulator } = await enter()
    await ask(page, order)
    await pane.locator('h1:focus').waitFor()
    await page.keyboard.press('Escape')
    await answers(events, 1)
    const error_msg = '[결제포기] 사용자가 결제를 취소하셨습니다'
    expect(events).toEqual([['callback', { ...refused, error_msg }]])
    expect(simulator.desk.view(impUid)?.status).toBe('ready')
  })

  it('passes the PG’s refusal on, and opens again for another try', async () => {
    const { page, pane, events } = await enter()
    await ask(page, order)
    await pane.getByLabel('거절 사유').selectOption('CC10')
    await press(pane, 'decline')
    await answers(events, 1)
    await ask(page, order)
    await press(pane, 'cancel')
    await answers(events, 2)
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

  it('hides a paid result from a browser whose connection drops, not from the webhook', async () => {
    const { page, pane, events } = await enter()
    await ask(page, order)
    await pane.getByLabel('보내는 때').selectOption('after')
    await press(pane, 'drop')
    await pane.locator('[data-outcome="dropped"]').waitFor()
    await answers(events, 1)
    expect(events).toEqual([
      ['webhook', JSON.stringify({ imp_uid: impUid, merchant_uid: 'ORD-1', status: 'paid' })],
    ])
  })

  it('sends a webhook before the browser hears anything when told so', async () => {
    const { page, pane, events } = await enter()
    await ask(page, { ...order, pg: 'tosspayments' })
    await pane.getByLabel('보내는 때').selectOption('before')
    await press(pane, 'pay')
    await answers(events, 2)
    expect(events).toEqual([
      ['webhook', JSON.stringify({ imp_uid: impUid, merchant_uid: 'ORD-1', status: 'paid' })],
      ['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }],
    ])
  })

  it('keeps a webhook back until the browser has its result when told so', async () => {
    const { page, pane, events } = await enter()
    await page.route('**/window/returned/**', async (route) => {
      events.push('returned')
      await route.continue()
    })
    await ask(page, { ...order, pg: 'tosspayments' })
    await pane.getByLabel('보내는 때').selectOption('after')
    await pane.getByLabel('횟수').fill('2')
    await pane.getByLabel('형식').selectOption('form')
    await press(pane, 'pay')
    await answers(events, 4)
    const webhook = ['webhook', `imp_uid=${impUid}&merchant_uid=ORD-1&status=paid`]
    expect(events).toEqual([
      ['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }],
      'returned',
      webhook,
      webhook,
    ])
  })

  it('lets a new module ask five times after its window was closed, and then report a cancel', async () => {
    const { page, pane, events } = await enter()
    await ask(page, { ...order, pg: 'tosspayments' })
    await press(pane, 'close')
    await answers(events, 1)
    const error_msg = '사용자가 결제를 취소하였습니다.'
    expect(events).toEqual([
      ['callback', { imp_uid: impUid, merchant_uid: 'ORD-1', error_code: 'F400', error_msg }],
    ])
  })

  it('finds an approval that came while the window was being closed', async () => {
    const { page, pane, events, simulator } = await enter()
    await ask(page, { ...order, pg: 'tosspayments' })
    await press(pane, 'close')
    await simulator.desk.approve(impUid, { webhook: { timing: 'never' } })
    await answers(events, 1)
    expect(events).toEqual([['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }]])
  })

  it('opens as a popup when asked, and takes its closing for a cancel', async () => {
    const { page, events } = await enter()
    const opening = page.waitForEvent('popup')
    await ask(page, { ...order, popup: true })
    const popup = await opening
    await popup.locator('[data-action="pay"]').waitFor()
    await popup.close()
    await answers(events, 1)
    const error_msg = '[결제포기] 사용자가 결제를 취소하셨습니다'
    expect(events).toEqual([['callback', { ...refused, error_msg }]])
  })

  it('hands a popup’s result to the page that opened it', async () => {
    const { page, events } = await enter()
    const opening = page.waitForEvent('popup')
    await ask(page, { ...order, pg: 'tosspayments', popup: true })
    const popup = await opening
    await popup.getByLabel('보내는 때').selectOption('never')
    await press(popup, 'pay')
    await answers(events, 1)
    expect(events).toEqual([['callback', { imp_uid: impUid, merchant_uid: 'ORD-1' }]])
  })
})

describe('a window on a phone', { timeout: 30_000 }, () => {
  it.each([
    ['kcp', '&imp_success=true'],
    ['tosspayments', ''],
  ])('takes the whole page and returns it to the shop (%s)', async (pg, flag) => {
    const { page, shop } = await enter({ userAgent: phone })
    await ask(page, { ...order, pg, m_redirect_url: `${shop}/done?a=1` })
    await press(page, 'pay')
    await page.waitForURL('**/done**')
    expect(page.url()).toBe(`${shop}/done?a=1&imp_uid=${impUid}&merchant_uid=ORD-1${flag}`)
  })

  it.each(['card', 'vbank', 'phone'])('is usable by everybody (%s)', async (pay_method) => {
    const { page } = await enter({ userAgent: phone })
    await ask(page, { ...order, pay_method })
    await page.locator('[data-action="pay"]').waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  })

  it('ends on the provider’s page when the shop gave no address', async () => {
    const { page, core } = await enter({ userAgent: phone })
    await ask(page, order)
    await press(page, 'pay')
    await page.locator('[data-outcome="approved"]').waitFor()
    expect(page.url()).toBe(
      `${core}/payments/success?success=true&imp_uid=${impUid}&merchant_uid=ORD-1`,
    )
  })

  it.each([
    ['/done', '/done?imp_uid=null&'],
    ['/done?a=1', '/done?a=1&imp_uid=null&'],
    ['/done?a=1&b=2#top', '/done?a=1&b=2imp_uid=null&'],
  ])('appends a failure of its own raw to %s when there is no callback', async (given, start) => {
    const { page, shop } = await enter({ userAgent: phone, channels: [] })
    await ask(page, { ...order, m_redirect_url: `${shop}${given}` }, false)
    await page.waitForURL('**/done**')
    const words = encodeURI('error_msg=등록 된 PG 설정 정보를 찾을 수 없습니다.')
    const hash = given.includes('#') ? '#top' : ''
    expect(page.url()).toBe(`${shop}${start}merchant_uid=ORD-1&imp_success=false&${words}${hash}`)
  })
})
