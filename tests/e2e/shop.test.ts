import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  type Choice,
  checkOut as checkOutAt,
  expectTitle,
  pressInWindow,
  reachResult,
  viewOf,
} from './checkout.ts'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, onDesktop, onPhone, control } = setUpNpmStart()

const checkOut = (page: Page, choice: Choice) => checkOutAt(page, addresses().shop, choice)

const paid = 'Payment complete'

describe('a card payment on a desktop', () => {
  it.each([
    ['jquery', 'html5_inicis'],
    ['axios', 'html5_inicis'],
    ['fetch', 'html5_inicis'],
    ['jquery', 'tosspayments'],
    ['fetch', 'tosspayments'],
    ['quayside', 'html5_inicis'],
    ['quayside', 'tosspayments'],
  ] as const)(
    'is complete when the page reports with %s and the provider is %s',
    async (client, pg) => {
      const page = await onDesktop()
      await checkOut(page, { client, pg })
      await pressInWindow(page, 'pay')
      await reachResult(page)
      await expectTitle(page, paid)
    },
  )

  it.each(['before', 'with', 'after', 'never'])(
    'is complete with the webhook %s the return',
    async (timing) => {
      await control('PUT', '/webhooks', { timing })
      try {
        const page = await onDesktop()
        await checkOut(page, {})
        await pressInWindow(page, 'pay')
        await reachResult(page)
        await expectTitle(page, paid)
      } finally {
        await control('PUT', '/webhooks', { timing: 'with' })
      }
    },
  )

  it('shows the provider’s message when it is declined, and can be tried again', async () => {
    const page = await onDesktop()
    await checkOut(page, {})
    await pressInWindow(page, 'decline')
    await expect
      .poll(() => page.locator('[role=alert]:visible').innerText())
      .toMatch(/CC61|한도초과/)
    await page.click('button[data-pay]')
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, paid)
  })

  it.each(['cancel', 'close'])('can be left by %s, and tried again', async (action) => {
    const page = await onDesktop()
    await checkOut(page, {})
    await pressInWindow(page, action)
    await expect.poll(() => page.locator('button[data-pay]').isEnabled()).toBe(true)
    expect((await page.locator('[data-left]').innerText()).trim()).toBe(
      'You cancelled the payment. Nothing was charged, and you can pay whenever you like.',
    )
    expect(await page.locator('[role=alert]').isVisible()).toBe(false)
    await page.click('button[data-pay]')
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, paid)
  })

  it('is complete although the connection is lost between payment and callback', async () => {
    const page = await onDesktop()
    await checkOut(page, {})
    await pressInWindow(page, 'drop')
    // The shop's page may have found the payment before the window shows that its connection was lost.
    const dropped = page.frameLocator('dialog[open] iframe').locator('[data-outcome=dropped]')
    await expect
      .poll(async () => page.url().includes('/result/') || (await dropped.isVisible()))
      .toBe(true)
    await expect
      .poll(
        async () => {
          await page.goto(`${addresses().shop}/orders`)
          return page.locator('main').innerText()
        },
        { interval: 500 },
      )
      .toMatch(/Paid/)
  })

  it('stays pending while the provider is down, and completes by itself afterwards', async () => {
    const page = await onDesktop()
    await control('POST', '/faults', {
      fault: 'unavailable_json',
      path: '/payments/{imp_uid}',
      times: 'always',
    })
    try {
      await checkOut(page, {})
      await pressInWindow(page, 'pay')
      await reachResult(page)
      await expectTitle(page, 'Still confirming your payment')
    } finally {
      await control('DELETE', '/faults')
    }
    await expectTitle(page, paid)
  })
})

describe('a virtual account', () => {
  it('is shown with its number and due date, and is paid by the deposit', async () => {
    const page = await onDesktop()
    await checkOut(page, { method: 'vbank' })
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, 'Waiting for your transfer')
    const number = (await page.locator('[data-field=number]:visible').innerText()).trim()
    expect(number).toMatch(/^[\d-]{8,}$/)

    // The deposit button of the simulator's console.
    const bank = await onDesktop()
    await bank.goto(addresses().simulator)
    await bank
      .locator('tr', { hasText: number })
      .getByRole('button', { name: /deposit/i })
      .click()
    await expectTitle(page, paid)
  })
})

describe('on a phone', () => {
  it.each(['html5_inicis', 'tosspayments'] as const)(
    'a card payment of %s returns by redirect and is complete',
    async (pg) => {
      const page = await onPhone()
      await checkOut(page, { pg })
      await page.locator('[data-action=pay]').click()
      await reachResult(page, /\/result\/success/)
      expect(new URL(page.url()).search).not.toContain('imp_uid')
      await expectTitle(page, paid)
    },
  )

  it('a declined payment returns to the failure page with the provider’s message', async () => {
    const page = await onPhone()
    await checkOut(page, {})
    await page.locator('[data-action=decline]').click()
    await reachResult(page, /\/result\/failed/)
    await expect.poll(() => viewOf(page).innerText()).toMatch(/한도초과/)
  })

  it('a payment that the buyer cancels is no failure', async () => {
    const page = await onPhone()
    await checkOut(page, {})
    await page.locator('[data-action=cancel]').click()
    await reachResult(page, /\/result\/failed/)
    await expectTitle(page, 'You cancelled the payment')
  })

  it('the price and the pay button are in sight from the start, and at every field', async () => {
    const page = await onPhone()
    await page.goto(`${addresses().shop}/checkout/ujeon-green-tea`)
    const height = page.viewportSize()?.height ?? 0
    const bottomOf = async (selector: string) => {
      const box = await page.locator(selector).boundingBox()
      return box === null ? null : box.y + box.height
    }
    const fields = ['[name=buyer_name]', '[name=buyer_tel]', '[name=pay_method][value=vbank]']
    for (const field of fields) {
      await page.focus(field)
      const [button, price] = [await bottomOf('button[data-pay]'), await bottomOf('output')]
      expect([field, button !== null && button <= height]).toEqual([field, true])
      expect([field, price !== null && price <= height]).toEqual([field, true])
      const bar = await page.locator('.pay-bar').boundingBox()
      const [end, top] = [await bottomOf(field), bar?.y ?? null]
      expect([field, end !== null && top !== null && end <= top]).toEqual([field, true])
    }
  })

  it('a virtual account returns to the page with the account', async () => {
    const page = await onPhone()
    await checkOut(page, { method: 'vbank' })
    await page.locator('[data-action=pay]').click()
    await reachResult(page, /\/result\/vbank/)
    await expectTitle(page, 'Waiting for your transfer')
  })
})
