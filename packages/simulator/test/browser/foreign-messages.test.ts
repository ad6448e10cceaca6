import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { createBrowserFixture, pressButton, requestPay, waitForEvents } from './shop-page.ts'

const { openShop } = createBrowserFixture()
const order = { merchant_uid: 'ORD-1', name: '당근 10kg', amount: 129_000 }

/** What wallets, pixels and developer tools post to the windows of a page, as JavaScript. */
const foreignMessages = [
  `'IS_NEED_PIXEL_INJECT'`,
  `'{"target":"kaikas-inpage"}'`,
  `''`,
  `'[]'`,
  `'null'`,
  `'7'`,
  `'"text"'`,
  `'{"action":null}'`,
  `'{"action":"payment"}'`,
  `'{"action":"window","data":null}'`,
  `'{"action":"closed","data":[]}'`,
  `'{"action":"certification","data":"text"}'`,
  `'{"action":"communicate","data":7}'`,
  `'{"action":"check.closing"'`,
  `'x'.repeat(1e6)`,
  'null',
  'undefined',
  '7',
  'true',
  '[]',
  '{ target: "metamask-inpage", data: { name: "metamask-provider" } }',
  '(() => { const cyclic = {}; cyclic.self = cyclic; return cyclic })()',
  'new Map([["action", "payment"]])',
]

/** Posts every foreign message to a page and to all frames in it, and resolves when the page has received them. */
const postForeignMessages = (page: Page): Promise<unknown> =>
  page.evaluate(`(async () => {
    const windows = [window, ...Array.from(window.frames)]
    for (const message of [${foreignMessages.join(', ')}]) {
      for (const each of windows) each.postMessage(message, '*')
    }
    const received = new Promise((resolve) => {
      window.addEventListener('message', ({ data }) => data === 'last' && resolve())
    })
    window.postMessage('last', '*')
    await received
  })()`)

const collectErrors = (page: Page): string[] => {
  const errors: string[] = []
  // Errors inside frames are reported on their page.
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (entry) => entry.type() === 'error' && errors.push(entry.text()))
  return errors
}

describe('messages of other scripts', () => {
  it('are ignored by the page, the channels’ frames and the window, and the payment goes on', async () => {
    const { page, windowFrame, events } = await openShop()
    const errors = collectErrors(page)
    await postForeignMessages(page)
    await requestPay(page, order)
    await windowFrame.locator('h1:focus').waitFor()
    await postForeignMessages(page)
    expect(errors).toEqual([])
    expect(events).toEqual([])

    await pressButton(windowFrame, 'pay')
    await waitForEvents(events, 2)
    // Now the channel's own frame is back, and waits for the next request.
    await postForeignMessages(page)
    await requestPay(page, { ...order, merchant_uid: 'ORD-2' })
    await windowFrame.locator('h1:focus').waitFor()
    expect(errors).toEqual([])
  })

  it('are ignored on a page of the simulator’s own origin', async () => {
    const { page, simulatorUrl, windowFrame } = await openShop()
    const errors = collectErrors(page)
    const info = {
      title: '당근',
      user_code: 'imp00000000',
      name: '당근 10kg',
      buyer_tel: '010-1234-5678',
      merchant_uid: 'ORD-1',
      amount: 129_000,
      pay_methods: [{ pay_method: 'card' }],
    }
    const made = await fetch(`${simulatorUrl}/api/supplements/v1/link/payment`, {
      method: 'POST',
      body: new URLSearchParams({ payment_info: JSON.stringify(info), expired_at: '4102444800' }),
    })
    const { shortenedUrl } = Object(await made.json())
    await page.goto(shortenedUrl)
    await postForeignMessages(page)
    expect(errors).toEqual([])
    await page.locator('[data-request]').click()
    await windowFrame.locator('h1:focus').waitFor()
    await postForeignMessages(page)
    expect(errors).toEqual([])
  })
})
