import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** How the checkout form is filled in. */
export interface Choice {
  readonly client?: 'jquery' | 'axios' | 'fetch' | 'quayside'
  readonly pg?: 'html5_inicis' | 'tosspayments'
  readonly method?: 'card' | 'vbank'
}

/** Opens the checkout of a tea and fills it in. */
export async function fillCheckout(
  page: Page,
  shop: string,
  { client = 'fetch', pg = 'html5_inicis', method = 'card' }: Choice = {},
): Promise<void> {
  await page.goto(`${shop}/checkout/ujeon-green-tea`)
  await page.fill('[name=buyer_name]', '홍길동')
  await page.fill('[name=buyer_email]', 'buyer@example.com')
  await page.fill('[name=buyer_tel]', '010-1234-5678')
  await page.check(`[name=pay_method][value=${method}]`)
  await page.click('[data-developer] summary')
  await page.check(`[name=pg][value=${pg}]`)
  await page.check(`[name=client][value=${client}]`)
}

/** Fills the checkout of a tea in and presses the pay button. */
export async function checkOut(page: Page, shop: string, choice: Choice = {}): Promise<void> {
  await fillCheckout(page, shop, choice)
  // The shop waits 12 seconds for the payment server, then shows the buyer an alert to try again.
  const retryAlert = page.locator('[role=alert]:visible', {
    hasText: /Please try again in a moment|잠시 뒤 다시 시도해 주세요/,
  })
  await page.addLocatorHandler(retryAlert, () => page.click('button[data-pay]'))
  await page.click('button[data-pay]')
}

/** Presses a button of the payment window by keyboard: a mouse can be too fast for a frame just shown. */
export function pressInWindow(page: Page, action: string): Promise<void> {
  return page.frameLocator('dialog[open] iframe').locator(`[data-action=${action}]`).press('Enter')
}

/** Waits until the address matches. Not by `waitForURL`, which fails when one result leads on to another. */
export async function reachResult(page: Page, address = /\/result\//): Promise<void> {
  await expect.poll(() => page.url()).toMatch(address)
}

/** The view of the result page that is shown. */
export function viewOf(page: Page): Locator {
  return page.locator('section[data-view]:visible')
}

/** Waits until the result page shows a title. */
export async function expectTitle(page: Page, title: string): Promise<void> {
  await expect.poll(async () => (await viewOf(page).locator('h1').innerText()).trim()).toBe(title)
}
