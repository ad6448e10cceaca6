import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../test/merchant.ts'

const host = 'http://localhost:8788'

const setUp = () => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  const { simulator } = merchant
  const page = async (path = '/?lang=en', language = '') =>
    (await simulator.fetch(host + path, { headers: { 'accept-language': language } })).text()
  const submit = (path: string, fields: Record<string, string> = {}) =>
    simulator.fetch(host + path, { method: 'POST', body: new URLSearchParams(fields) })
  return { ...merchant, page, submit }
}

describe('the console page', () => {
  for (const [path, accepted, language] of [
    ['/', 'ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['/', 'en-US', 'en'],
    ['/', 'fr', 'en'],
    ['/?lang=ko', 'en', 'ko'],
  ] as const) {
    it(`is in ${language} at ${path} for a browser that prefers ${accepted}`, async () => {
      const { page } = setUp()
      expect(await page(path, accepted)).toContain(`<html lang="${language}">`)
    })
  }

  it('shows a payment with its possible actions', async () => {
    const { page, seedPayment } = setUp()
    await seedPayment({ imp_uid: 'imp_1', amount: 12_000, status: 'ready', pay_method: 'vbank' })
    const text = await page()
    expect(text).toContain('12,000 KRW')
    expect(text).toContain('Awaiting deposit')
    expect(text).toContain('/console/payments/imp_1/deposit?lang=en')
    expect(text).not.toContain('/console/payments/imp_1/cancel')
  })

  it('shows the billing keys, and changes what a card does from now on', async () => {
    const { page, submit, control, send } = setUp()
    expect(await page()).toContain('No billing keys yet.')
    await control('/billing-keys', { customer_uid: 'gil/dong', customer_id: 'member-1' })
    const changed = await submit('/console/billing-keys/gil%2Fdong?lang=en', { card: 'no_balance' })
    const body = { customer_uid: 'gil/dong', merchant_uid: 'month-1', amount: 9900, name: '구독' }
    const { body: charged } = await send('POST', '/subscribe/payments/again', body)
    const [english, korean] = [await page(), await page('/?lang=ko')]

    expect([changed.status, changed.headers.get('location')]).toEqual([303, '/?lang=en'])
    expect(charged).toMatchObject({ response: { fail_reason: '[CC10] 잔액부족' } })
    expect(english).toContain('<code>gil/dong</code><small>member-1</small>')
    expect(english).toContain('<option value="no_balance" selected>insufficient balance</option>')
    expect(korean).toContain('<option value="no_balance" selected>잔액부족</option>')
    const wrong = await submit('/console/billing-keys/gil%2Fdong?lang=en', { card: 'gold' })
    expect(wrong.headers.get('location')).toBe('/?lang=en&error=invalid')
    expect((await submit('/console/billing-keys/none')).status).toBe(404)
  })

  it('T37: shows the shop’s texts as text, never as markup', async () => {
    const { page, seedPayment } = setUp()
    await seedPayment({
      merchant_uid: '<script>alert(1)</script>',
      name: '"><img src=x onerror=a>',
    })
    const text = await page('/?lang=en&error=<b>x</b>')
    expect(text).not.toMatch(/<script|<img|<b>/)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('shows when a webhook was sent in Korean time, as it shows its clock', async () => {
    const { page, seedPayment, submit, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    await submit('/console/payments/imp_1/resend')
    await simulator.waitForIdle()
    const sent = '<time datetime="2026-03-02T03:00:00.000Z">'
    const english = await page('/?lang=en')
    const korean = await page('/?lang=ko')

    expect(english.replaceAll('\u202f', ' ')).toContain(
      `${sent}12:00:00 PM<small>March 2, 2026</small></time>`,
    )
    expect(korean).toContain(`${sent}오후 12:00:00<small>2026년 3월 2일</small></time>`)
  })

  it('runs no script and cannot be framed', async () => {
    const { simulator } = setUp()
    const { headers } = await simulator.fetch(host)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
  })

  it('serves its style', async () => {
    const { simulator } = setUp()
    const response = await simulator.fetch(`${host}/console/style.css`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/css; charset=utf-8',
    ])
  })
})

describe('a button of the console', () => {
  it('deposits, and the webhook shows in the log', async () => {
    const { page, submit, seedPayment, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1', status: 'ready', pay_method: 'vbank' })
    const response = await submit('/console/payments/imp_1/deposit?lang=en')
    await simulator.waitForIdle()
    const text = await page()

    expect([response.status, response.headers.get('location')]).toEqual([303, '/?lang=en'])
    expect(text).toContain('<span class="badge paid">Paid</span>')
    expect(text).toContain('&quot;status&quot;:&quot;paid&quot;')
  })

  it('cancels a part, or the whole balance when the amount is empty', async () => {
    const { submit, seedPayment, page } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    await submit('/console/payments/imp_1/cancel?lang=en', { amount: '300' })
    const partly = await page()
    await submit('/console/payments/imp_1/cancel?lang=en', { amount: '' })
    const fully = await page()

    expect(partly).toContain('Partly cancelled')
    expect(fully).toContain('<span class="badge cancelled">Cancelled</span>')
  })

  it('shows why an action failed', async () => {
    const { submit, seedPayment, page } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    const response = await submit('/console/payments/imp_1/cancel?lang=en', { amount: '1001' })
    const location = response.headers.get('location') ?? ''
    expect(location).toBe('/?lang=en&error=balance_exceeded')
    expect(await page(location)).toContain('<code>balance_exceeded</code>')
  })

  it('approves late and sends a webhook again', async () => {
    const { submit, seedPayment, receivedRequests, simulator } = setUp()
    await seedPayment({ imp_uid: 'imp_1', status: 'failed' })
    await submit('/console/payments/imp_1/approve-late')
    await submit('/console/payments/imp_1/resend')
    await simulator.waitForIdle()
    const body = JSON.stringify({ imp_uid: 'imp_1', merchant_uid: 'order-1', status: 'paid' })
    expect(receivedRequests.map((each) => each.body)).toEqual([body, body])
  })

  it('saves the webhook settings; an unchecked box is off', async () => {
    const { submit, call } = setUp()
    const fields = {
      url: 'https://shop.example/new',
      timing: 'before',
      content_type: 'form',
      delay_ms: '0',
      times: '2',
    }
    await submit('/console/webhooks', { ...fields, resend: 'true' })
    const on = await call('/_simulator/webhooks')
    await submit('/console/webhooks', { ...fields, url: '' })
    const off = await call('/_simulator/webhooks')

    const saved = { timing: 'before', content_type: 'form', delay_ms: 0, times: 2 }
    expect(on.body['settings']).toEqual({ ...saved, url: fields.url, resend: true })
    expect(off.body['settings']).toEqual({ ...saved, url: null, resend: false })
  })

  it('refuses cross-site requests', async () => {
    const { simulator, seedPayment } = setUp()
    await seedPayment({ imp_uid: 'imp_1' })
    const headers = { origin: 'https://evil.example' }
    const init = { method: 'POST', headers }
    const response = await simulator.fetch(`${host}/console/payments/imp_1/cancel`, init)
    expect(response.status).toBe(403)
  })
})
