import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { checkOut, pressInWindow, reachResult } from './checkout.ts'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, onDesktop, onPhone } = setUpNpmStart()

const paths = [
  '/',
  '/checkout/ujeon-green-tea',
  '/checkout/pine-shoot-wine',
  '/subscribe/tea-of-the-month',
  '/subscription',
  '/orders',
  '/result/pending',
  '/none',
]

describe('every page of the shop', () => {
  it.each([
    ['a desktop', 'ko-KR', onDesktop],
    ['a desktop', 'en-US', onDesktop],
    ['a phone', 'ko-KR', onPhone],
    ['a phone', 'en-US', onPhone],
  ])(
    'has no fault that axe finds, and no sideways scrolling, on %s in %s',
    async (_, locale, open) => {
      const page = await open({ locale })
      for (const path of paths) {
        await page.goto(`${addresses().shop}${path}`)
        for (const summary of await page.locator('details summary').all()) await summary.click()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []])
        const [width, shown] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          window.innerWidth,
        ])
        expect([path, width]).toEqual([path, shown])
      }
    },
  )

  it.each(['/checkout/ujeon-green-tea', '/subscribe/tea-of-the-month'])(
    'keeps the button that pays in sight on a phone: %s',
    async (path) => {
      const page = await onPhone()
      await page.goto(`${addresses().shop}${path}`)
      for (const top of [0, 10_000]) {
        await page.evaluate((to) => window.scrollTo(0, to), top)
        const box = await page.locator('button[data-pay]').boundingBox()
        expect((box?.y ?? -1) > 0 && (box?.y ?? 0) + (box?.height ?? 0) <= 844).toBe(true)
      }
    },
  )

  it('links a paid order to its slip at the simulator', async () => {
    const page = await onDesktop()
    await checkOut(page, addresses().shop)
    await pressInWindow(page, 'pay')
    await reachResult(page, /\/result\/success/)
    const link = page.locator('a[data-link=receipt]:visible').first()
    const [slip] = await Promise.all([page.context().waitForEvent('page'), link.press('Enter')])
    await slip.getByRole('heading', { name: 'Card sales slip' }).waitFor()
    expect(slip.url().startsWith(`${addresses().simulator}/slips?tid=`)).toBe(true)
    expect(await slip.getByText('₩32,000').isVisible()).toBe(true)
  })
})
