import { expect, it } from 'vitest'
import { reachResult } from './checkout.ts'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, onDesktop } = setUpNpmStart()

it('T16: the shop receives the event of a payment, ships the goods, and shows it in the order list', async () => {
  const page = await onDesktop()
  await page.goto(`${addresses().shop}/checkout/ujeon-green-tea`)
  await page.fill('[name=buyer_name]', '홍길동')
  await page.fill('[name=buyer_email]', 'buyer@example.com')
  await page.fill('[name=buyer_tel]', '010-1234-5678')
  await page.click('button[data-pay]')
  await page.frameLocator('dialog[open] iframe').locator('[data-action=pay]').press('Enter')
  await reachResult(page)
  await expect
    .poll(async () => {
      await page.goto(`${addresses().shop}/orders`)
      await page.locator('[data-label=success]:visible').waitFor()
      return page.locator('[data-shipped]:visible').allInnerTexts()
    })
    .toEqual(['Shipped'])
})
