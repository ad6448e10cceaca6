import { serve } from '@hono/node-server'
import { createClient } from '@quayside/client'
import { createMemoryStore, parseMerchantUid, parseMoney } from '@quayside/core'
import { completion } from '@quayside/hono'
import { createSimulator, type Simulator } from '@quayside/simulator'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launch } from '../browser.ts'

/** A phone as the provider tells it from a PC. */
export const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148'

const token = 'token-of-the-order-1'
const amount = 64_900
export const order = {
  merchant_uid: 'ORD-1',
  name: '우전 녹차',
  amount,
  pg: 'html5_inicis',
  pay_method: 'card',
  buyer_tel: '010-1234-5678',
}

/** What differs from a PC, with the simulator's script. */
export interface PageOptions {
  readonly userAgent?: string
  /** The script instead of the simulator's. */
  readonly sdk?: { readonly url?: string; readonly integrity?: string }
  /** Runs in each page before anything else. */
  readonly initScript?: string
  readonly maxAsks?: number
  /** The payment server, where it is more than the completion routes. */
  readonly createServer?: (simulator: Simulator, shopUrl: string) => Promise<PaymentServer>
}

/** What listens instead of the completion routes. */
interface PaymentServer {
  fetch(request: Request): Response | Promise<Response>
}

/** Runs Chromium for a test file, and a shop, its completion routes and a simulator for each test. */
export function setUpCheckoutPage() {
  const closing: (() => Promise<unknown>)[] = []
  let browser: Browser | null = null
  let script = ''
  beforeAll(async () => {
    const [launched, { outputFiles }] = await Promise.all([
      launch(),
      build({
        stdin: {
          contents: `export * from './src/index.ts'\nexport * from './src/state/index.ts'`,
          resolveDir: 'packages/browser',
        },
        bundle: true,
        write: false,
        format: 'esm',
      }),
    ])
    browser = launched
    script = outputFiles[0]?.text ?? ''
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const listen = (app: { fetch: (request: Request) => Response | Promise<Response> }) =>
    new Promise<string>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve(`http://localhost:${port}`),
      )
      closing.push(
        () =>
          new Promise((done) => {
            server.close(done)
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      )
    })

  const openContext = async (userAgent: string | undefined): Promise<BrowserContext> => {
    if (browser === null) throw new TypeError('The browser has not started')
    const agent = userAgent === undefined ? {} : { userAgent }
    const context = await browser.newContext({ locale: 'ko-KR', ...agent })
    context.setDefaultTimeout(0)
    closing.unshift(() => context.close())
    return context
  }

  return {
    open: async (options: PageOptions = {}) => {
      const { userAgent, sdk, initScript = '', maxAsks = 2 } = options
      const settings = { shop: '' }
      const simulator = createSimulator()
      const simulatorUrl = await listen(simulator.app)
      const shop = new Hono()
      settings.shop = await listen(shop)
      const store = createMemoryStore()
      const pay = completion({
        store,
        client: createClient({
          key: 'simulator-key',
          secret: 'simulator-secret',
          fetch: simulator.fetch,
        }),
        mode: 'test',
        origins: [settings.shop],
        pages: {
          success: `${settings.shop}/result`,
          vbankIssued: `${settings.shop}/result`,
          failed: `${settings.shop}/result`,
          cancelled: `${settings.shop}/result`,
          pending: `${settings.shop}/result`,
        },
        findForBuyer: async (merchantUid, given) =>
          given === token
            ? store.find(merchantUid)
            : { ok: false, failure: { reason: 'order_unknown', merchantUid } },
      })
      const server = await listen((await options.createServer?.(simulator, settings.shop)) ?? pay)
      const init = {
        userCode: 'imp00000000',
        server: `${server}/payments`,
        sdk: { url: `${simulatorUrl}/v1/iamport.js`, ...sdk },
        maxAsks,
      }
      shop.get('/quayside.js', (c) =>
        c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
      )
      shop.get('/stub.js', (c) =>
        c.body(stubScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
      )
      shop.get('/*', (c) => c.html(pageOf(init)))
      const merchantUid = parseMerchantUid(order.merchant_uid)
      const money = parseMoney(amount, 'KRW')
      if (!merchantUid.ok || !money.ok) throw new TypeError('The order is not valid')
      store.open({ merchantUid: merchantUid.value, amount: money.value, allowances: [] })

      const context = await openContext(userAgent)
      const results: unknown[] = []
      await context.exposeFunction('onSettled', (result: unknown) => results.push(result))
      if (initScript !== '') await context.addInitScript(initScript)
      const openTab = async () => {
        const page = await context.newPage()
        await page.goto(`${settings.shop}/checkout`)
        await ready(page)
        return page
      }
      const page = await openTab()
      return {
        page,
        context,
        openTab,
        results,
        simulator,
        store,
        shopUrl: settings.shop,
        simulatorUrl,
        server,
        window: page.frameLocator('dialog[open] iframe'),
        /** Waits for the next result, and for no other after it. */
        result: async (count = 1): Promise<unknown> => {
          await expect.poll(() => results.length, { interval: 20 }).toBe(count)
          return results[count - 1]
        },
        orderStatus: async () => {
          const found = await store.find(merchantUid.value)
          return found.ok ? found.value.status : found.failure.reason
        },
        /** Ends the page's wait between two questions, as a network that is back does; the number of results so far. */
        askNow: async (): Promise<number> => {
          await page.evaluate("dispatchEvent(new Event('online'))")
          return results.length
        },
        /** A payment of the order that the provider has and no notice names. */
        payElsewhere: async (): Promise<string> => {
          const response = await simulator.fetch('https://provider.example/_simulator/payments', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              merchant_uid: order.merchant_uid,
              amount,
              currency: 'KRW',
              status: 'paid',
              pay_method: 'card',
            }),
          })
          if (!response.ok) throw new TypeError(await response.text())
          return String(Object(await response.json())['imp_uid'])
        },
        complete: (body: object) =>
          pay.request('/payments/complete', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
      }
    },
  }
}

/** Waits until the page's own script has run. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction('window.isReady === true')
}

/** Waits until the stub of the browser script has been asked for a window. */
export async function opened(page: Page): Promise<void> {
  await page.waitForFunction('window.IMP?.callback !== undefined')
}

/** Calls `requestPay` in the page; its result arrives in `results`. */
export function pay(page: Page, request: object = order, withToken = true): Promise<unknown> {
  const options = withToken ? { token } : {}
  return page.evaluate(`pay(${JSON.stringify(request)}, ${JSON.stringify(options)})`)
}

/** Calls `resume` in the page; its result arrives in `results`. */
export function resume(page: Page, options: object = {}): Promise<unknown> {
  return page.evaluate(`resume(${JSON.stringify(options)})`)
}

/** Presses a button of the payment window. */
export async function press(
  window: { locator: Page['locator'] },
  action: 'pay' | 'cancel' | 'decline' | 'close' | 'certify',
): Promise<void> {
  await window.locator(`[data-action=${action}]`).press('Enter')
}

/** A browser script whose responses the test writes. */
const stubScript = `window.IMP = {
  opened: 0,
  init() {},
  request_pay(params, callback) { IMP.opened += 1; IMP.params = params; IMP.callback = callback },
  certification(params, callback) { IMP.callback = callback },
  close() {},
}`

function pageOf(init: object) {
  return html`<!doctype html><meta charset="utf-8"><title>Shop</title>
<script type="module">
import { createPaymentState, init, mayPay } from '/quayside.js'
const settled = (promise) => promise.then(onSettled, (error) => onSettled({ threw: String(error) }))
const checkout = init(${raw(JSON.stringify(init))})
window.pay = (order, options) => { settled(checkout.requestPay(order, options)) }
window.resume = (options) => { settled(checkout.resume(options)) }
window.register = (begun, buyer, options) => { settled(checkout.registerBillingKey(begun, buyer, options)) }
window.certify = (request, options) => { settled(checkout.certify(request, options)) }
window.payment = createPaymentState(checkout)
const note = () => { const state = payment.getSnapshot(); states.push([state.status, mayPay(state)]) }
window.states = []
note()
window.unfollow = payment.subscribe(note)
window.followPayment = (order) => { void payment.requestPay(order, { token: '${token}' }) }
window.isReady = true
</script>`
}
