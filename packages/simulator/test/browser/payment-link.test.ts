import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds } from '../merchant.ts'
import { createBrowserFixture, mobileUserAgent, pressButton, waitForEvents } from './shop-page.ts'

const api = '/api/supplements/v1/link/payment'
const info = {
  title: '당근 가게',
  user_code: 'imp00000000',
  amount: 129_000,
  merchant_uid: 'LINK-1',
  name: '당근 10kg',
  buyer_tel: '01012345678',
  pay_methods: [
    { pg: 'kcp', pay_method: 'card', label: '신용카드' },
    { pg: 'kcp', pay_method: 'vbank', label: '가상계좌' },
  ],
}
const make = (changes: object = {}) => ({ payment_info: JSON.stringify({ ...info, ...changes }) })

describe('POST /api/supplements/v1/link/payment', () => {
  const setUp = () => {
    const merchant = createMerchant()
    const post = (body: object) =>
      merchant.call(api, merchant.json('POST', { expired_at: fixedTimeSeconds + 60, ...body }))
    return { ...merchant, post }
  }

  it('returns a short URL, without a token and without an envelope', async () => {
    const { post } = setUp()
    expect(await post(make())).toEqual({
      status: 200,
      body: {
        shortenedUrl: expect.stringMatching(/^https:\/\/api\.iamport\.kr\/link\/[0-9a-f]{8}$/),
      },
    })
  })

  it('takes a token as well, and does not read it', async () => {
    const { call, json, login } = setUp()
    for (const authorization of [await login(), `Bearer ${await login()}`, 'Bearer of-another']) {
      const headers = { 'content-type': 'application/json', authorization }
      const body = { expired_at: fixedTimeSeconds + 60, ...make() }
      const made = await call(api, { ...json('POST', body), headers })
      const { shortenedUrl } = made.body
      const off = await call(`${api}/${String(shortenedUrl).slice(-8)}`, { method: 'PUT', headers })
      expect([made.status, off]).toEqual([200, { status: 200, body: {} }])
    }
  })

  it.each([
    ['payment_info', { payment_info: '{' }],
    ['expired_at', { ...make(), expired_at: fixedTimeSeconds }],
    ['buyer_tel', make({ buyer_tel: '' })],
    ['user_code', make({ user_code: 'imp99999999' })],
    ['amount', make({ amount: '129000' })],
    ['amount', make({ amount: 0 })],
    ['pay_methods', make({ pay_methods: [] })],
  ])('refuses an invalid %s', async (field, body) => {
    const { post } = setUp()
    expect(await post(body)).toEqual({
      status: 400,
      body: { message: `${field} 값이 누락되었거나 올바르지 않습니다.` },
    })
  })

  it('disables an existing link only', async () => {
    const { call } = setUp()
    expect(await call(`${api}/00000000`, { method: 'PUT' })).toEqual({
      status: 404,
      body: { message: '결제 링크를 찾을 수 없습니다.' },
    })
  })
})

describe('a payment link', () => {
  const { openShop } = createBrowserFixture()
  const openLink = async (changes: object = {}, options: { userAgent?: string } = {}) => {
    const fixture = await openShop(options)
    const soon = Math.floor(Date.now() / 1000) + 3600
    const response = await fetch(`${fixture.simulatorUrl}${api}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...make(changes), expired_at: soon }),
    })
    const { shortenedUrl } = await response.json()
    await fixture.page.goto(shortenedUrl)
    return { ...fixture, url: shortenedUrl, status: fixture.page.getByRole('status') }
  }
  const paid = JSON.stringify({
    imp_uid: 'imp_000000000001',
    merchant_uid: 'LINK-1',
    status: 'paid',
  })

  it('opens a page on which its order can be paid once', async () => {
    const { page, windowFrame, events, status } = await openLink()
    expect(await page.locator('.amount strong').textContent()).toBe('129,000원')
    await page.getByRole('button', { name: '신용카드' }).click()
    await pressButton(windowFrame, 'pay')
    await page.locator('[data-state="paid"]').waitFor()
    await waitForEvents(events, 1)
    expect(await status.textContent()).toBe('결제가 완료되었습니다.')
    expect(await page.getByRole('button').count()).toBe(0)
    expect(events).toEqual([['webhook', paid]])
  })

  it('shows the issued account', async () => {
    const { page, windowFrame, simulator } = await openLink()
    await page.getByRole('button', { name: '가상계좌' }).click()
    await pressButton(windowFrame, 'pay')
    await page.locator('[data-state="issued"]').waitFor()
    const { vbank } = simulator.paymentWindow.view('imp_000000000001') ?? {}
    expect(await page.locator('dd').first().textContent()).toBe(`${vbank?.name} ${vbank?.num}`)
  })

  it('allows another attempt after a failure, which has no webhook', async () => {
    const { page, windowFrame, events } = await openLink()
    await page.getByRole('button', { name: '신용카드' }).click()
    await pressButton(windowFrame, 'cancel')
    const text = '[결제포기] 사용자가 결제를 취소하셨습니다'
    await page.getByRole('alert').filter({ hasText: text }).waitFor()
    await page.getByRole('button', { name: '신용카드' }).click()
    await windowFrame.locator('[data-action="pay"]').waitFor()
    expect(events).toEqual([])
  })

  it('returns to its own page on a phone', async () => {
    const direct = { pay_methods: undefined, direct: { pg: 'kcp', pay_method: 'card' } }
    const { page, status } = await openLink(
      { ...direct, display_language: 'en' },
      { userAgent: mobileUserAgent },
    )
    await page.getByRole('button', { name: 'Pay' }).click()
    await pressButton(page, 'pay')
    await page.locator('[data-state="paid"]').waitFor()
    expect(await status.textContent()).toBe('The payment is complete.')
  })

  it('is closed when disabled', async () => {
    const { page, url, simulatorUrl, status, simulator } = await openLink()
    await fetch(`${simulatorUrl}${api}/${url.split('/').at(-1)}`, { method: 'PUT' })
    await page.reload()
    const disabled = await status.textContent()
    expect([disabled, await page.getByRole('button').count()]).toEqual([
      '사용할 수 없는 결제 링크입니다.',
      0,
    ])
    const other = await fetch(`${simulatorUrl}/link/00000000`)
    expect([other.status, await other.text()]).toEqual([
      404,
      expect.stringContaining('Payment link not found.'),
    ])
    expect(simulator.paymentWindow.view('imp_000000000001')).toBeNull()
  })

  it('T37: shows the link’s texts as text', async () => {
    const { simulator, call, json } = createMerchant()
    const markup = '"><img src=x onerror=alert(1)>'
    const pay_methods = [{ pg: 'kcp', label: markup, pay_method: markup }]
    const changes = { title: markup, name: markup, buyer_name: markup, pay_methods }
    const made = await call(
      api,
      json('POST', { ...make(changes), expired_at: fixedTimeSeconds + 60 }),
    )
    const url = `${String(made.body['shortenedUrl'])}?error_msg=${encodeURIComponent(markup)}`
    const page = await (await simulator.fetch(url)).text()
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).not.toContain('<img')
  })

  it('is closed when it has expired', async () => {
    const { simulator, call, json } = createMerchant()
    const made = await call(api, json('POST', { ...make(), expired_at: fixedTimeSeconds + 60 }))
    await simulator.clock.advance(60_000)
    const page = await simulator.fetch(String(made.body['shortenedUrl']))
    expect(await page.text()).toContain('기한이 지난 결제 링크입니다.')
  })

  it('is accessible', async () => {
    const { page } = await openLink()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  })
})
