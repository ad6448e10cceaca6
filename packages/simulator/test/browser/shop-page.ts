import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launch } from '../../../../tests/e2e/browser.ts'
import { type Channel, createSimulator } from '../../src/index.ts'

/** The user agent of a phone. */
export const mobileUserAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148'

/** Settings of the shop's page, where they differ from a PC and the simulator's defaults. */
export interface ShopPageOptions {
  readonly userAgent?: string
  readonly channels?: readonly Channel[]
  /** Whether the shop's page calls `IMP.init`. */
  readonly init?: boolean
}

/**
 * Starts one Chromium for a test file, and a new shop, simulator and page for each `openShop`.
 *
 * The payments of each simulator are numbered from `imp_000000000001`.
 */
export function createBrowserFixture() {
  const closing: (() => Promise<unknown>)[] = []
  let browser: Browser | null = null
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const listen = (app: Hono): Promise<string> =>
    new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve(`http://127.0.0.1:${port}`),
      )
      closing.push(() => new Promise((done) => server.close(done)))
    })

  const openPage = async (userAgent: string | undefined): Promise<Page> => {
    if (browser === null) throw new TypeError('Cannot open a page: the browser has not started')
    const agent = userAgent === undefined ? {} : { userAgent }
    const context = await browser.newContext({ locale: 'ko-KR', ...agent })
    context.setDefaultTimeout(0)
    closing.unshift(() => context.close())
    return context.newPage()
  }

  return {
    openShop: async ({ userAgent, channels, init = true }: ShopPageOptions = {}) => {
      /** The webhooks and callbacks of the shop, in order. */
      const events: unknown[] = []
      let count = 0
      const simulator = createSimulator({
        newId: () => `imp_${String((count += 1)).padStart(12, '0')}`,
        webhook: { url: 'https://shop.example/webhook' },
        ...(channels === undefined ? {} : { channels }),
        fetch: (_, { body }) => {
          events.push(['webhook', body])
          return new Response('ok')
        },
      })
      const simulatorUrl = await listen(simulator.app)
      const shopUrl = await listen(
        new Hono().get('/*', (c) => c.html(shopPage(simulatorUrl, init))),
      )
      const page = await openPage(userAgent)
      await page.exposeFunction('onResult', (response: unknown) =>
        events.push(['callback', response]),
      )
      await page.goto(`${shopUrl}/`)
      return {
        simulator,
        simulatorUrl,
        shopUrl,
        page,
        events,
        windowFrame: page.frameLocator('dialog[open] iframe'),
      }
    },
  }
}

function shopPage(simulatorUrl: string, init: boolean) {
  return html`<!doctype html><button id="buy">Buy</button>
<script src="${simulatorUrl}/v1/iamport.js"></script>
<script>window.requestPay = (params, called) => IMP.request_pay(params, called ? onResult : undefined)</script>
${init ? html`<script>IMP.init('imp00000000')</script>` : ''}`
}

/** Calls `IMP.request_pay` in the shop's page, with a callback unless `called` is false. */
export function requestPay(page: Page, params: object, called = true): Promise<unknown> {
  return page.evaluate(`requestPay(${JSON.stringify(params)}, ${called})`)
}

/** Presses a button of the payment window. */
export function pressButton(windowFrame: FrameLocator | Page, action: string): Promise<void> {
  return windowFrame.locator(`[data-action="${action}"]`).click()
}

/** Waits until the shop has this number of events. */
export function waitForEvents(events: readonly unknown[], count: number): Promise<void> {
  return expect.poll(() => events.length, { interval: 20 }).toBe(count)
}
