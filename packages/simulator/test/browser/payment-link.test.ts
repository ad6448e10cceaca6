import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { createMerchant, noonSeconds } from '../merchant.ts'
import { answers, createStage, phone, press } from './shop-page.ts'

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
      merchant.call(api, merchant.json('POST', { expired_at: noonSeconds + 60, ...body }))
    return { ...merchant, post }
  }

  it('gives a short address, without a token and without an envelope', async () => {
    const { post } = setUp()
    expect(await post(make())).toEqual({
      status: 200,
      body: {
        shortenedUrl: expect.stringMatching(/^https:\/\/api\.iamport\.kr\/link\/[0-9a-f]{8}$/),
      },
    })
  })

  it.each([
    ['payment_info', { payment_info: '{' }],
    ['expired_at', { ...make(), expired_at: noonSeconds }],
    ['buyer_tel', make({ buyer_tel: '' })],
    ['user_code', make({ user_code: 'imp99999999' })],
    ['amount', make({ amount: '129000' })],
    ['amount', make({ amount: 0 })],
    ['pay_methods', make({ pay_methods: [] })],
  ])('refuses a wrong %s', async (field, body) => {
    const { post } = setUp()
    expect(await post(body)).toEqual({
      status: 400,
      body: { message: `${field} 값이 누락되었거나 올바르지 않습니다.` },
    })
  })

  it('disables what is there, and nothing else', async () => {
    const { call } = setUp()
    expect(await call(`${api}/00000000`, { method: 'PUT' })).toEqual({
      status: 404,
      body: { message: '결제 링크를 찾을 수 없습니다.' },
    })
  })
})

describe('a payment link', { timeout: 30_000 }, () => {
  const { enter } = createStage()
  const visit = async (changes: object = {}, scene: { userAgent?: string } = {}) => {
    const entered = await enter(scene)
    const soon = Math.floor(Date.now() / 1000) + 3600
    const answer = await fetch(`${entered.core}${api}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...make(changes), expired_at: soon }),
    })
    const { shortenedUrl } = await answer.json()
    await entered.page.goto(shortenedUrl)
    return { ...entered, url: shortenedUrl, said: entered.page.getByRole('status') }
  }
  const paid = JSON.stringify({
    imp_uid: 'imp_000000000001',
    merchant_uid: 'LINK-1',
    status: 'paid',
  })

  it('opens a page on which its order can be paid, once', async () => {
    const { page, pane, events, said } = await visit()
    expect(await page.locator('.amount strong').textContent()).toBe('129,000원')
    await page.getByRole('button', { name: '신용카드' }).click()
    await press(pane, 'pay')
    await page.locator('[data-state="paid"]').waitFor()
    await answers(events, 1)
    expect(await said.textContent()).toBe('결제가 완료되었습니다.')
    expect(await page.getByRole('button').count()).toBe(0)
    expect(events).toEqual([['webhook', paid]])
  })

  it('shows the account that was issued', async () => {
    const { page, pane, simulator } = await visit()
    await page.getByRole('button', { name: '가상계좌' }).click()
    await press(pane, 'pay')
    await page.locator('[data-state="issued"]').waitFor()
    const { vbank } = simulator.desk.view('imp_000000000001') ?? {}
    expect(await page.locator('dd').first().textContent()).toBe(`${vbank?.name} ${vbank?.num}`)
  })

  it('lets the buyer try again, and tells the shop nothing of a failure', async () => {
    const { page, pane, events } = await visit()
    await page.getByRole('button', { name: '신용카드' }).click()
    await press(pane, 'cancel')
    const text = '[결제포기] 사용자가 결제를 취소하셨습니다'
    await page.getByRole('alert').filter({ hasText: text }).waitFor()
    await page.getByRole('button', { name: '신용카드' }).click()
    await pane.locator('[data-action="pay"]').waitFor()
    expect(events).toEqual([])
  })

  it('comes back to itself on a phone', async () => {
    const direct = { pay_methods: undefined, direct: { pg: 'kcp', pay_method: 'card' } }
    const { page, said } = await visit({ ...direct, display_language: 'en' }, { userAgent: phone })
    await page.getByRole('button', { name: 'Pay' }).click()
    await press(page, 'pay')
    await page.locator('[data-state="paid"]').waitFor()
    expect(await said.textContent()).toBe('The payment is complete.')
  })

  it('is closed when disabled', async () => {
    const { page, url, core, said, simulator } = await visit()
    await fetch(`${core}${api}/${url.split('/').at(-1)}`, { method: 'PUT' })
    await page.reload()
    const disabled = await said.textContent()
    expect([disabled, await page.getByRole('button').count()]).toEqual([
      '사용할 수 없는 결제 링크입니다.',
      0,
    ])
    const other = await fetch(`${core}/link/00000000`)
    expect([other.status, await other.text()]).toEqual([
      404,
      expect.stringContaining('There is no such payment link.'),
    ])
    expect(simulator.desk.view('imp_000000000001')).toBeNull()
  })

  it('T37: shows what was put into it as text', async () => {
    const { simulator, call, json } = createMerchant()
    const evil = '"><img src=x onerror=alert(1)>'
    const pay_methods = [{ pg: 'kcp', label: evil, pay_method: evil }]
    const changes = { title: evil, name: evil, buyer_name: evil, pay_methods }
    const made = await call(api, json('POST', { ...make(changes), expired_at: noonSeconds + 60 }))
    const url = `${String(made.body['shortenedUrl'])}?error_msg=${encodeURIComponent(evil)}`
    const page = await (await simulator.fetch(url)).text()
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).not.toContain('<img')
  })

  it('is closed when its time is over', async () => {
    const { simulator, call, json } = createMerchant()
    const made = await call(api, json('POST', { ...make(), expired_at: noonSeconds + 60 }))
    await simulator.clock.advance(60_000)
    const page = await simulator.fetch(String(made.body['shortenedUrl']))
    expect(await page.text()).toContain('기한이 지난 결제 링크입니다.')
  })

  it('is usable by everybody', async () => {
    const { page } = await visit()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
  })
})
