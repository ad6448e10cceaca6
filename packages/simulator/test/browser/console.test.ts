import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { createBrowserFixture } from './shop-page.ts'

const { openShop } = createBrowserFixture()

/** A simulator with an order that waits for its deposit and a paid one, and its console in English. */
async function openConsole() {
  const { page, simulatorUrl } = await openShop()
  const post = async (path: string, body: object = {}) => {
    await fetch(`${simulatorUrl}/_simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
  await post('/scenarios/account_issued', { merchant_uid: 'ORD-1', amount: 12_000 })
  await post('/scenarios/paid', { merchant_uid: 'ORD-2', amount: 64_900 })
  await page.goto(`${simulatorUrl}/?lang=en`)
  await page.locator('[data-live]:not([hidden])').waitFor()
  return { page, simulatorUrl, post }
}

const rowOf = (page: Page, order: string) => page.locator('tr[data-imp-uid]', { hasText: order })
const statusOf = (page: Page, order: string) => rowOf(page, order).locator('.badge').innerText()

/** Presses Tab until a button, a link or a summary of this text has the focus. */
async function tabTo(page: Page, text: RegExp): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press('Tab')
    if (text.test(await focused())) return
  }
  throw new Error(`No Tab reaches ${text}`)
}

describe('an open console', () => {
  it('shows new payments, changes and webhooks by itself', async () => {
    const { page, post } = await openConsole()
    expect(await statusOf(page, 'ORD-1')).toBe('Awaiting deposit')
    await post('/payments/imp_000000000001/deposit')
    await post('/scenarios/failed', { merchant_uid: 'ORD-3' })

    await expect.poll(() => statusOf(page, 'ORD-1')).toBe('Paid')
    await expect
      .poll(() => page.locator('tr[data-imp-uid] a.strong').allInnerTexts())
      .toEqual(['ORD-3', 'ORD-2', 'ORD-1'])
    // Issued, paid and deposited; a failure has no webhook.
    await expect.poll(() => page.locator('tr[data-key^=delivery-]').count()).toBe(3)
  })

  it('keeps what somebody is doing, and catches up when it is left', async () => {
    const { page, post } = await openConsole()
    await rowOf(page, 'ORD-2').getByText('Cancel…').click()
    const amount = rowOf(page, 'ORD-2').getByLabel('Amount to cancel (empty: all)')
    await amount.fill('900')
    await post('/payments/imp_000000000002/cancel', { amount: 400 })
    await post('/payments/imp_000000000001/deposit')
    await expect.poll(() => statusOf(page, 'ORD-1')).toBe('Paid')

    expect(await amount.inputValue()).toBe('900')
    expect(await statusOf(page, 'ORD-2')).toBe('Paid')
    await rowOf(page, 'ORD-2').getByRole('button', { name: 'Cancel the payment' }).press('Enter')
    await expect.poll(() => statusOf(page, 'ORD-2')).toBe('Partly cancelled')
    expect(await rowOf(page, 'ORD-2').innerText()).toContain('cancelled 1,300 KRW')
  })

  it('says when it follows no longer', async () => {
    const { page, simulatorUrl } = await openConsole()
    expect(await page.locator('[data-live]').innerText()).toBe('Live')
    await page.route('**/console/events', (route) => route.abort())
    await page.goto(`${simulatorUrl}/?lang=en`)
    await expect
      .poll(() => page.locator('[data-live]').innerText())
      .toBe('The connection is lost. Connecting again.')
  })
})

describe('by keyboard alone', () => {
  it('a payment is found, opened, cancelled after a question, and its webhook sent again', async () => {
    const { page } = await openConsole()
    await page.getByLabel('Search', { exact: true }).focus()
    await page.keyboard.type('ord-2 paid')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('tr[data-imp-uid]').count()).toBe(1)

    await tabTo(page, /^ORD-2$/)
    await page.keyboard.press('Enter')
    await page.locator('pre').waitFor()
    await tabTo(page, /^Cancel…$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Cancel the payment$/)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('dd .badge').innerText()).toBe('Cancelled')
    await expect.poll(() => page.locator('tr[data-key^=delivery-]').count()).toBe(2)

    await tabTo(page, /^Resend$/)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('tr[data-key^=delivery-]').count()).toBe(3)
  })
})

describe('every page of the console', () => {
  it.each([
    ['a desktop', { width: 1280, height: 900 }],
    ['a phone', { width: 390, height: 844 }],
  ])('has no fault that axe finds, and no sideways scrolling, on %s', async (_, viewport) => {
    const { page, simulatorUrl } = await openConsole()
    await page.setViewportSize(viewport)
    for (const path of ['/?lang=en', '/?lang=ko', '/console/payments/imp_000000000001?lang=ko']) {
      await page.goto(`${simulatorUrl}${path}`)
      await page.locator('[data-live]:not([hidden])').waitFor()
      for (const summary of await page.locator('details summary').all()) await summary.click()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []])
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, width]).toEqual([path, viewport.width])
    }
  })
})
