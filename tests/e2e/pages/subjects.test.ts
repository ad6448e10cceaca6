import { DatabaseSync } from 'node:sqlite'
import { createServer, readConfig } from '@quayside/server'
import type { Simulator } from '@quayside/simulator'
import { createSqliteStore, migrateSqlite } from '@quayside/sql'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  type PageOptions,
  phone,
  press,
  ready,
  resume,
  setUpCheckoutPage,
} from './checkout-page.ts'

const { open } = setUpCheckoutPage()
const eventUrl = 'https://shop.example/events'
const apiKey = 'merchant-key-of-the-tests'

/** The payment server on a database in memory. */
async function startServer(simulator: Simulator, shopUrl: string) {
  const database = new DatabaseSync(':memory:')
  const migrated = await migrateSqlite(database)
  if (!migrated.ok) throw new TypeError(migrated.failure.reason)
  const now = () => new Date()
  const config = readConfig({
    MODE: 'test',
    IMP_KEY: 'simulator-key',
    IMP_SECRET: 'simulator-secret',
    MERCHANT_API_KEY: apiKey,
    ORDER_TOKEN_SECRET: 'token-secret-of-the-tests',
    SHOP_ORIGINS: shopUrl,
    RESULT_PAGES: `${shopUrl}/result`,
    EVENT_URL: eventUrl,
    EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE=',
  })
  if (!config.ok) throw new TypeError('Cannot read the settings')
  return createServer({
    config: config.value,
    store: createSqliteStore(database, { now }),
    fetch: async (request) =>
      request.url === eventUrl ? new Response(null, { status: 204 }) : simulator.fetch(request),
    now,
    random: Math.random,
    // Nothing here waits for a response that does not come.
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal === undefined) resolve()
        else signal.addEventListener('abort', () => reject(signal.reason))
      }),
    log: () => undefined,
  }).app
}

/** Opens a shop with the whole payment server, and what its own server asks for. */
async function openShop(options: PageOptions = {}) {
  const opened = await open({ ...options, createServer: startServer })
  const api = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${opened.server}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new TypeError(await response.text())
    return response.json()
  }
  return { ...opened, api }
}

type Shop = Awaited<ReturnType<typeof openShop>>

const beginKey = ({ api }: Shop) =>
  api('/billing-keys', { customer_id: 'member/1', pg: 'html5_inicis', pay_method: 'card' })

const register = (page: Page, begun: Record<string, unknown>) =>
  page.evaluate(
    `register(${JSON.stringify(begun)}, { buyer_tel: '010-1234-5678' }, ${JSON.stringify({ token: begun['token'] })})`,
  )

const beginVerification = ({ api }: Shop) =>
  api('/identity-verifications', { customer_id: 'member/1', purpose: 'adult', pg: 'danal' })

const certify = (page: Page, { certification, token }: Record<string, unknown>) =>
  page.evaluate(`certify(${JSON.stringify(certification)}, ${JSON.stringify({ token })})`)

async function fillIn(window: Page): Promise<void> {
  await window.locator('#name').fill('홍길동')
  await window.locator('#phone').fill('01012345678')
  await press(window, 'certify')
}

describe('registerBillingKey() in Chromium', () => {
  it('resolves to registered', async () => {
    const shop = await openShop()
    const begun = await beginKey(shop)
    await register(shop.page, begun)
    await press(shop.window, 'pay')
    expect(await shop.result()).toEqual({
      status: 'registered',
      merchantUid: begun['registration_id'],
      message: '결제수단이 등록되었습니다.',
    })
  })

  it('knows a buyer who cancels, and the same registration can be completed afterwards', async () => {
    const shop = await openShop()
    const begun = await beginKey(shop)
    await register(shop.page, begun)
    await press(shop.window, 'cancel')
    expect(await shop.result()).toEqual({
      status: 'cancelled_by_buyer',
      merchantUid: begun['registration_id'],
      message: '결제수단 등록이 취소되었습니다.',
      errorMessage: null,
    })
    await register(shop.page, begun)
    await press(shop.window, 'pay')
    expect(await shop.result(2)).toMatchObject({ status: 'registered' })
  })

  it('goes on when a phone comes back', async () => {
    const shop = await openShop({ userAgent: phone })
    const begun = await beginKey(shop)
    await register(shop.page, begun)
    await press(shop.page, 'pay')
    await shop.page.waitForURL('**/result/**')
    await ready(shop.page)
    await resume(shop.page, { isReturnPage: true })
    expect(await shop.result()).toEqual({
      status: 'registered',
      merchantUid: begun['registration_id'],
      message: '결제수단이 등록되었습니다.',
    })
  })
})

describe('certify() in Chromium', () => {
  it('resolves to verified', async () => {
    const shop = await openShop()
    const created = await beginVerification(shop)
    const [popup] = await Promise.all([
      shop.context.waitForEvent('page'),
      certify(shop.page, created),
    ])
    await fillIn(popup)
    expect(await shop.result()).toEqual({
      status: 'verified',
      merchantUid: created['id'],
      message: expect.any(String),
    })
  })

  it('resolves to failed with the words of the provider when the visitor cancels', async () => {
    const shop = await openShop()
    const created = await beginVerification(shop)
    const [popup] = await Promise.all([
      shop.context.waitForEvent('page'),
      certify(shop.page, created),
    ])
    await press(popup, 'cancel')
    expect(await shop.result()).toEqual({
      status: 'failed',
      reason: 'refused',
      merchantUid: created['id'],
      message: '본인인증이 완료되지 않았습니다.',
      errorCode: 'F400',
      errorMessage: '본인인증이 완료되지 않았습니다.',
      problems: [],
    })
  })

  it('goes on when a phone comes back', async () => {
    const shop = await openShop({ userAgent: phone })
    const created = await beginVerification(shop)
    await certify(shop.page, created)
    await fillIn(shop.page)
    await shop.page.waitForURL('**/result/**')
    await ready(shop.page)
    await resume(shop.page, { isReturnPage: true })
    expect(await shop.result()).toMatchObject({ status: 'verified', merchantUid: created['id'] })
  })
})
