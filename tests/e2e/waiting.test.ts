import { existsSync, mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import {
  checkOut,
  expectTitle,
  fillCheckout,
  pressInWindow,
  reachResult,
  viewOf,
} from './checkout.ts'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, onDesktop, onPhone, control, merchantApi } = setUpNpmStart()

/** From here on the provider answers no call of the payment server. */
const stopProvider = () =>
  control('POST', '/faults', { fault: 'unavailable_json', times: 'always' })

/** The provider answers again, and the minute passes in which the payment server asks it nothing. */
async function startProvider(): Promise<void> {
  await control('DELETE', '/faults')
  await control('POST', '/clock', { advance_ms: 120_000 })
}

afterEach(startProvider)

/** Every text of every language with which a page would offer to pay once more. */
const anotherTry = /다시 결제하기|새로 주문하기|다시 시도|Try again|try again|Order again/

const orderOf = (page: Page) => new URL(page.url()).searchParams.get('order')

/** The order that the simulator's newest payment belongs to, with the number of its payments. */
async function newestOrder() {
  const { payments } = await control('GET', '/state')
  if (!Array.isArray(payments)) throw new TypeError('The simulator has no payments')
  const merchantUid = String(payments.at(-1).merchant_uid)
  const own = payments.filter(({ merchant_uid }) => merchant_uid === merchantUid)
  return { merchantUid, payments: own.length }
}

/** Answers the question about the open order. */
async function answer(page: Page, choice: 'see' | 'continue' | 'another'): Promise<void> {
  const button = page.locator(`dialog[data-open-order] button[value=${choice}]`)
  // A key pressed on a hidden button goes elsewhere.
  await button.waitFor()
  await button.press('Enter')
}

/** Checks out, and pays in the open window just after the provider has gone. */
async function payInOutage(page: Page, device: 'desktop' | 'phone') {
  await checkOut(page, addresses().shop)
  const window = device === 'desktop' ? page.frameLocator('dialog[open] iframe') : page
  const button = window.locator('[data-action=pay]')
  await button.waitFor()
  await stopProvider()
  await button.press('Enter')
  await reachResult(page, /\/result\/pending/)
}

const texts = {
  'ko-KR': {
    pending: '아직 결제를 확인하고 있습니다',
    warning: '다시 결제하지 마시고 기다려 주세요',
    paid: '결제가 완료되었습니다',
    open: '같은 상품의 주문이 이미 있습니다',
  },
  'en-US': {
    pending: 'Still confirming your payment',
    warning: 'Please do not pay again',
    paid: 'Payment complete',
    open: 'You already have an order of the same product',
  },
}

describe('T78: while the provider does not respond', () => {
  it.each([
    ['desktop', 'ko-KR'],
    ['desktop', 'en-US'],
    ['phone', 'ko-KR'],
    ['phone', 'en-US'],
  ] as const)(
    'the waiting page offers no other payment, and a second checkout shows the open order (%s, %s)',
    async (device, locale) => {
      const page = await (device === 'phone' ? onPhone({ locale }) : onDesktop({ locale }))
      const { pending, warning, paid, open } = texts[locale]
      await payInOutage(page, device)
      await expectTitle(page, pending)
      const { merchantUid } = await newestOrder()
      const text = await viewOf(page).innerText()
      expect(text).toContain(warning)
      expect(text).not.toMatch(anotherTry)
      await photograph(page, `waiting-${device}-${locale}`)
      await page.reload()
      await expectTitle(page, pending)
      expect(await viewOf(page).innerText()).not.toMatch(anotherTry)

      await checkOut(page, addresses().shop)
      const dialog = page.getByRole('dialog', { name: open })
      await dialog.waitFor()
      expect(await dialog.innerText()).toContain(merchantUid)
      await photograph(page, `open-order-${device}-${locale}`)
      await answer(page, 'see')
      await reachResult(page, /\/result\/pending/)
      expect(orderOf(page)).toBe(merchantUid)
      expect(await newestOrder()).toEqual({ merchantUid, payments: 1 })

      await startProvider()
      await expectTitle(page, paid)
      expect(await newestOrder()).toEqual({ merchantUid, payments: 1 })
    },
  )

  it('a window that was cancelled leads to the waiting page, since nobody knows whether it was paid', async () => {
    const page = await onDesktop()
    await checkOut(page, addresses().shop, { pg: 'tosspayments' })
    await page.frameLocator('dialog[open] iframe').locator('[data-action=cancel]').waitFor()
    await stopProvider()
    await pressInWindow(page, 'cancel')
    await reachResult(page, /\/result\/pending/)
    await expectTitle(page, 'Still confirming your payment')
    expect(await viewOf(page).innerText()).not.toMatch(anotherTry)
  })

  it('the address of the failure page shows the waiting page', async () => {
    const page = await onDesktop()
    await payInOutage(page, 'desktop')
    await page.goto(`${addresses().shop}/result/failed?order=${orderOf(page)}`)
    await expectTitle(page, 'The payment is not confirmed yet')
    expect(await viewOf(page).innerText()).not.toMatch(anotherTry)
    await startProvider()
    await expectTitle(page, 'Payment complete')
  })
})

describe('T90: a second attempt of an order whose first one was declined', () => {
  it.each(['desktop', 'phone'] as const)(
    'waits while its result is not known, whatever the order failed by (%s)',
    async (device) => {
      const page = await (device === 'phone' ? onPhone() : onDesktop())
      await checkOut(page, addresses().shop)
      if (device === 'phone') {
        await page.locator('[data-action=decline]').press('Enter')
        await reachResult(page, /\/result\/failed/)
        await expectTitle(page, 'The payment failed')
      } else {
        await pressInWindow(page, 'decline')
        await page.locator('[role=alert]:visible').waitFor()
      }
      const { merchantUid } = await newestOrder()
      await payInOutage(page, device)
      expect(orderOf(page) ?? merchantUid).toBe(merchantUid)
      await expect
        .poll(async () => (await viewOf(page).locator('h1').innerText()).trim())
        .toMatch(/^(?:Still confirming your payment|The payment is not confirmed yet)$/)
      expect(await viewOf(page).innerText()).not.toMatch(anotherTry)
      await startProvider()
      await expectTitle(page, 'Payment complete')
      expect(await newestOrder()).toEqual({ merchantUid, payments: 2 })
    },
  )
})

describe('T78: while the payment server does not respond', () => {
  it('the result page waits and offers no other payment, and shows the result afterwards', async () => {
    const page = await onDesktop()
    await page.route(`${addresses().worker}/payments/**`, (route) => route.abort())
    await checkOut(page, addresses().shop)
    await pressInWindow(page, 'pay')
    await reachResult(page, /\/result\/pending/)
    await expectTitle(page, 'The payment server cannot be reached')
    expect(await viewOf(page).innerText()).not.toMatch(anotherTry)
    await page.unroute(`${addresses().worker}/payments/**`)
    await expectTitle(page, 'Payment complete')
  })
})

describe('T78: a checkout of a basket whose order is open', () => {
  it('continues that order: it is paid once', async () => {
    const page = await onDesktop()
    await checkOut(page, addresses().shop, { pg: 'tosspayments' })
    await pressInWindow(page, 'cancel')
    await expect.poll(() => page.locator('button[data-pay]').isEnabled()).toBe(true)
    const first = await newestOrder()

    await checkOut(page, addresses().shop)
    await answer(page, 'continue')
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, 'Payment complete')
    expect(orderOf(page)).toBe(first.merchantUid)
  })

  it('waits when the provider says that it is already paid', async () => {
    const page = await onPhone()
    await payInOutage(page, 'phone')
    const { merchantUid } = await newestOrder()
    await fillCheckout(page, addresses().shop)
    await page.click('button[data-pay]')
    await answer(page, 'continue')
    await reachResult(page, /\/result\/pending/)
    await expectTitle(page, 'Still confirming your payment')
    expect(await viewOf(page).innerText()).not.toMatch(anotherTry)
    expect(await newestOrder()).toEqual({ merchantUid, payments: 1 })
    await startProvider()
    await expectTitle(page, 'Payment complete')
  })

  it('starts another order when the buyer says so, and does nothing when the question is closed', async () => {
    const page = await onDesktop()
    await checkOut(page, addresses().shop, { method: 'vbank' })
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, 'Waiting for your transfer')
    const first = orderOf(page)

    await checkOut(page, addresses().shop)
    const dialog = page.locator('dialog[data-open-order]')
    await dialog.waitFor()
    expect(await dialog.innerText()).toContain('Awaiting transfer')
    expect(await dialog.locator('button[value=continue]').isVisible()).toBe(false)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('button[data-pay]').isEnabled()).toBe(true)

    await page.click('button[data-pay]')
    await answer(page, 'another')
    await pressInWindow(page, 'pay')
    await reachResult(page, /\/result\/success/)
    await expectTitle(page, 'Payment complete')
    expect(orderOf(page)).not.toBe(first)
    expect((await merchantApi('GET', `/orders/${first}`))['status']).toBe('vbank_issued')
  })

  it('is recognised by the shop’s server, when the browser has forgotten its orders', async () => {
    const page = await onDesktop()
    await payInOutage(page, 'desktop')
    const first = orderOf(page)
    await page.evaluate(() => localStorage.clear())
    await fillCheckout(page, addresses().shop)
    await page.click('button[data-pay]')
    const dialog = page.locator('dialog[data-open-order]')
    await dialog.waitFor()
    expect(await dialog.innerText()).toContain(first)
    await answer(page, 'see')
    await reachResult(page, /\/result\/pending/)
    await startProvider()
    await expectTitle(page, 'Payment complete')
    expect(orderOf(page)).toBe(first)
  })
})

/** Saves what a person would see, when `SCREENSHOTS` names a folder. */
async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder === undefined) return
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
