import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { serve } from '@hono/node-server'
import { createServer, readConfig, sleepOnTimer } from '@quayside/server'
import { createSimulator } from '@quayside/simulator'
import { createSqliteStore, migrateSqlite } from '@quayside/sql'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launch } from './browser.ts'

// The page of docs/identity-verification.md, in a browser, with the provider's window.

const merchantKey = 'merchant-key-of-the-tests'
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148'
const [, documented = ''] =
  /<script>\n(.*?)<\/script>/s.exec(readFileSync('docs/identity-verification.md', 'utf8')) ?? []

const closing: (() => Promise<unknown>)[] = []
let browser: Browser | null = null
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

type Handle = (request: Request) => Response | Promise<Response>

/** Serves at an address that is known before what is served. */
async function listen(): Promise<{ readonly url: string; handle: Handle }> {
  const served = { url: '', handle: (() => new Response(null, { status: 503 })) as Handle }
  await new Promise<void>((resolve) => {
    const fetch = (request: Request) => served.handle(request)
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      served.url = `http://127.0.0.1:${port}`
      resolve()
    })
    closing.push(() => new Promise((done) => server.close(done)))
  })
  return served
}

async function openShop({ userAgent, pg = 'danal' }: { userAgent?: string; pg?: string } = {}) {
  const [provider, pay, shop] = [await listen(), await listen(), await listen()]
  const simulator = createSimulator()
  provider.handle = (request) => simulator.app.fetch(request)
  const config = readConfig({
    MODE: 'test',
    PROVIDER_URL: provider.url,
    IMP_KEY: 'simulator-key',
    IMP_SECRET: 'simulator-secret',
    MERCHANT_API_KEY: merchantKey,
    ORDER_TOKEN_SECRET: 'token-secret-of-the-tests',
    SHOP_ORIGINS: shop.url,
    RESULT_PAGES: `${shop.url}/result`,
    EVENT_URL: `${shop.url}/events`,
    EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgcmVjZWl2ZXIgaGVyZSE=',
    PUBLIC_URL: pay.url,
  })
  if (!config.ok) throw new TypeError(JSON.stringify(config.failure))
  const database = new DatabaseSync(':memory:')
  await migrateSqlite(database)
  const { app } = createServer({
    config: config.value,
    store: createSqliteStore(database),
    fetch,
    now: () => new Date(),
    random: Math.random,
    sleep: sleepOnTimer,
    log: () => undefined,
  })
  pay.handle = (request) => app.fetch(request)
  const script = documented.replaceAll('https://pay.example', pay.url)
  const page = `<!doctype html><script src="${provider.url}/v1/iamport.js"></script>
    <p id="result"></p><script>${script}</script>`
  shop.handle = new Hono().get('/*', (c) => c.html(page)).fetch

  const created = await app.request('/identity-verifications', {
    method: 'POST',
    headers: { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ customer_id: 'c', purpose: 'adult', minimum_age: 19, pg }),
  })
  const { id, certification } = (await created.json()) as {
    readonly id: string
    readonly certification: object
  }
  const read = async () => {
    const authorization = `Bearer ${merchantKey}`
    const response = await app.request(`/identity-verifications/${id}`, {
      headers: { authorization },
    })
    return ((await response.json()) as { readonly status: string }).status
  }
  if (browser === null) throw new TypeError('Cannot open a page: the browser has not started')
  const context = await browser.newContext({
    locale: 'ko-KR',
    ...(userAgent === undefined ? {} : { userAgent }),
  })
  context.setDefaultTimeout(0)
  closing.unshift(() => context.close())
  const visitor = await context.newPage()
  await visitor.goto(`${shop.url}/`)
  const open = () => visitor.evaluate(`void verify(${JSON.stringify(certification)})`)
  return { shopUrl: shop.url, visitor, open, read }
}

async function fillIn(window: Page, birthday: string): Promise<void> {
  await window.locator('#name').fill('홍길동')
  await window.locator('#phone').fill('01012345678')
  await window.locator('#birthday').fill(birthday)
  await window.locator('[data-action="certify"]').click()
}

describe('the page of the documentation', () => {
  it('verifies a visitor of a PC in a window, and goes on', async () => {
    const { shopUrl, visitor, open, read } = await openShop()
    const opening = visitor.waitForEvent('popup')
    await open()
    await fillIn(await opening, '1990-01-31')
    await visitor.waitForURL(`${shopUrl}/welcome`)
    expect(await read()).toBe('verified')
  })

  it('T142: tells a minor that the verification failed', async () => {
    // Danal refuses minors itself, and its window then ends as one that was closed.
    const { visitor, open, read } = await openShop({ pg: 'inicis_unified' })
    const opening = visitor.waitForEvent('popup')
    await open()
    await fillIn(await opening, `${new Date().getUTCFullYear() - 10}-01-31`)
    await visitor.getByText('본인인증이 완료되지 않았습니다.').waitFor()
    expect(await read()).toBe('refused')
  })

  it('verifies a visitor of a phone, who leaves the page and returns', async () => {
    const { shopUrl, visitor, open, read } = await openShop({ userAgent: phone })
    await open()
    await visitor.locator('[data-action="certify"]').waitFor()
    await fillIn(visitor, '1990-01-31')
    await visitor.waitForURL(`${shopUrl}/result/success`)
    expect(await read()).toBe('verified')
  })
})
