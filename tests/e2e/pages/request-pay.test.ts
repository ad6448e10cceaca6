import { describe, expect, it } from 'vitest'
import { order, pay, phone, press, ready, resume, setUpCheckoutPage } from './checkout-page.ts'

const { open } = setUpCheckoutPage()
const merchantUid = order.merchant_uid
const cancelled = '사용자가 결제를 취소하셨습니다'
const paid = { status: 'paid', merchantUid, message: '결제가 완료되었습니다.' }
const account = {
  status: 'account_issued',
  merchantUid,
  message: '가상계좌가 발급되었습니다. 기한 안에 입금해 주세요.',
  account: {
    bank: expect.any(String),
    number: expect.stringMatching(/^\d/),
    holder: expect.toBeOneOf([expect.any(String), null]),
    dueAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  },
}
const failed = {
  status: 'failed',
  merchantUid,
  message: '결제가 완료되지 않았습니다. 다시 시도해 주세요.',
  problems: [],
}

describe('requestPay() in Chromium', () => {
  it.each(['html5_inicis', 'tosspayments'])('resolves to paid at %s', async (pg) => {
    const { page, window, result, simulator, orderStatus } = await open()
    await pay(page, { ...order, pg })
    await press(window, 'pay')
    expect(await result()).toEqual(paid)
    expect(await orderStatus()).toBe('paid')
    const { payments } = Object(
      await (await simulator.fetch('https://provider.example/_simulator/state')).json(),
    )
    expect(payments.length).toBe(1)
  })

  it.each(['html5_inicis', 'tosspayments'])(
    'resolves to the account with its data at %s',
    async (pg) => {
      const { page, window, result } = await open()
      await pay(page, { ...order, pg, pay_method: 'vbank', vbank_due: '20300101' })
      await press(window, 'pay')
      expect(await result()).toEqual(account)
    },
  )

  it('resolves to an account without data where the page has no token', async () => {
    const { page, window, result } = await open()
    await pay(page, { ...order, pay_method: 'vbank', vbank_due: '20300101' }, false)
    await press(window, 'pay')
    expect(await result()).toEqual({ ...account, account: null })
  })

  it.each(['html5_inicis', 'tosspayments'])('knows a buyer who cancels at %s', async (pg) => {
    const { page, window, result } = await open()
    await pay(page, { ...order, pg })
    await press(window, 'cancel')
    expect(await result()).toEqual({
      status: 'cancelled_by_buyer',
      merchantUid,
      message: failed.message,
      errorMessage: expect.stringContaining('취소'),
    })
  })

  it('resolves to failed with the words of the PG, and the order can be paid afterwards', async () => {
    const { page, window, result } = await open()
    await pay(page)
    await press(window, 'decline')
    expect(await result()).toEqual({
      ...failed,
      reason: 'refused',
      errorCode: 'CC61',
      errorMessage: '거래금액 한도초과',
    })
    await pay(page)
    await press(window, 'pay')
    expect(await result(2)).toEqual(paid)
  })

  it('comes back to the page of the payment server on a phone, where resume() resolves to paid', async () => {
    const { page, result } = await open({ userAgent: phone })
    await pay(page)
    await press(page, 'pay')
    await page.waitForURL('**/result')
    await ready(page)
    await resume(page, { isReturnPage: true })
    expect(await result()).toEqual(paid)
    await resume(page)
    expect(await result(2)).toBe(null)
  })

  it('reads the return on the shop’s own page, with the words of the PG', async () => {
    const { page, result, shopUrl } = await open({ userAgent: phone })
    await pay(page, { ...order, m_redirect_url: `${shopUrl}/done?lang=ko` })
    await press(page, 'cancel')
    await page.waitForURL('**/done?lang=ko&**')
    await ready(page)
    await resume(page)
    expect(await result()).toEqual({
      status: 'cancelled_by_buyer',
      merchantUid,
      message: failed.message,
      errorMessage: cancelled,
    })
  })

  it('learns of a payment whose window never calls back', async () => {
    const { page, payElsewhere, complete, askNow, results } = await open({
      sdk: { url: '/stub.js' },
    })
    await pay(page)
    await complete({ imp_uid: await payElsewhere(), merchant_uid: merchantUid, success: true })
    await expect.poll(askNow, { interval: 20 }).toBe(1)
    expect(results).toEqual([paid])
  })
})
