import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { createBrowserFixture } from './shop-page.ts'

const { openShop } = createBrowserFixture()

/** A payment with a cancel, and the paths of both slips. */
async function openSlips() {
  const { page, simulatorUrl } = await openShop()
  const post = async (path: string, body: object) => {
    const response = await fetch(`${simulatorUrl}/_simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.json()
  }
  const { imp_uid } = await post('/payments', {
    merchant_uid: `ORD-${'2026'.repeat(9)}`,
    amount: 1_064_900,
    name: '우전 녹차와 백자 찻잔 선물 세트 외 2건',
    buyer_name: '김온기',
  })
  const { pg_tid, cancel_history } = await post(`/payments/${imp_uid}/cancel`, { amount: 4900 })
  return {
    page,
    simulatorUrl,
    payment: `/slips?tid=${pg_tid}`,
    cancel: `/slips?tid=${cancel_history[0].pg_tid}`,
  }
}

describe('a slip', () => {
  it.each([
    ['a desktop', { width: 1280, height: 900 }],
    ['a phone', { width: 390, height: 844 }],
    ['a narrow phone', { width: 320, height: 568 }],
  ])('has no fault that axe finds, and no sideways scrolling, on %s', async (_, viewport) => {
    const { page, simulatorUrl, payment, cancel } = await openSlips()
    await page.setViewportSize(viewport)
    for (const path of [payment, `${payment}&lang=en`, cancel, '/slips?tid=unknown']) {
      await page.goto(`${simulatorUrl}${path}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []])
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, width]).toEqual([path, viewport.width])
    }
  })

  it('leads by keyboard to its cancel and back, and prints', async () => {
    const { page, simulatorUrl, payment } = await openSlips()
    await page.goto(`${simulatorUrl}${payment}`)
    await page.getByRole('link', { name: '취소 전표 보기' }).press('Enter')
    await page.getByRole('heading', { name: '취소 전표' }).waitFor()
    await page.getByRole('link', { name: '원거래 영수증 보기' }).press('Enter')
    await page.getByRole('heading', { name: '신용카드 매출전표' }).waitFor()

    await page.evaluate('window.print = () => document.body.setAttribute("data-printed", "")')
    await page.getByRole('button', { name: '인쇄' }).press('Enter')
    await page.locator('body[data-printed]').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: '인쇄' }).isVisible()).toBe(false)
    expect(await page.getByText('증빙으로 쓸 수 없습니다').isVisible()).toBe(true)
  })
})
