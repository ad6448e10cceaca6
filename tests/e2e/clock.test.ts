import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { checkOut, expectTitle, pressInWindow, reachResult, viewOf } from './checkout.ts'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, onDesktop, control, merchantApi, simulatorApi } = setUpNpmStart()

const openConsole = async (language: string) => {
  const page = await onDesktop()
  await page.goto(`${addresses().simulator}/?lang=${language}`)
  return page
}

/** Presses a clock button of the simulator's console by keyboard. */
async function move(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).press('Enter')
  await page.waitForLoadState()
}

describe('moving the clock in the console', () => {
  it('past the due date of an account expires it on the shop’s page, and a late deposit is reported', async () => {
    const page = await onDesktop()
    await checkOut(page, addresses().shop, { method: 'vbank' })
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, 'Waiting for your transfer')
    const order = new URL(page.url()).searchParams.get('order') ?? ''
    // The bank refuses to close the account, so that a deposit can still arrive.
    await control('POST', '/faults', {
      fault: 'pg_refused',
      path: '/vbanks/{imp_uid}',
      times: 'always',
    })

    const simulator = await openConsole('en')
    const before = Date.parse(String((await control('GET', '/clock'))['now']))
    await move(simulator, 'To the next due date')
    // The payment server may allow a period of grace.
    await expect
      .poll(async () => {
        await move(simulator, '+1 hour')
        return (await merchantApi('GET', `/orders/${order}`))['status']
      })
      .toBe('expired')
    await expectTitle(page, 'The transfer is overdue')
    expect(await viewOf(page).innerText()).not.toMatch(/Nothing was charged|Try again/)
    expect(Date.parse(String((await control('GET', '/clock'))['now']))).toBeGreaterThan(before)
    // Order tokens end by the same clock; the page must still find its order a month later.
    await move(simulator, '+1 day')
    await page.reload()
    await expectTitle(page, 'The transfer is overdue')

    await simulator
      .locator('tr', { hasText: order })
      .getByRole('button', { name: 'Deposit' })
      .click()
    await expect
      .poll(async () => {
        await move(simulator, '+1 minute')
        const { reconciliation_issues: issues } = await merchantApi('GET', '/reconciliation-issues')
        return Array.isArray(issues)
          ? issues.map(({ kind, merchant_uid }) => [kind, merchant_uid])
          : []
      })
      .toContainEqual(['late_paid', order])
    await control('DELETE', '/faults')
  })

  it('runs the schedules on the way, and the order of the charge is paid', async () => {
    await merchantApi('POST', '/orders', { merchant_uid: 'month-2', amount: 9900, currency: 'KRW' })
    await control('POST', '/billing-keys', { customer_uid: 'gildong' })
    const now = Date.parse(String((await control('GET', '/clock'))['now'])) / 1000
    await simulatorApi('/subscribe/payments/schedule', {
      customer_uid: 'gildong',
      schedules: [
        {
          merchant_uid: 'month-2',
          schedule_at: Math.floor(now) + 3 * 86_400,
          amount: 9900,
          name: '구독',
        },
      ],
    })
    const simulator = await openConsole('ko')
    for (let day = 0; day < 3; day++) await move(simulator, '+1일')
    await expect
      .poll(async () => {
        const { status } = await merchantApi('GET', '/orders/month-2')
        return status
      })
      .toBe('paid')
  })

  it('keeps the events of the payment server acceptable to the shop', async () => {
    const page = await onDesktop()
    await checkOut(page, addresses().shop)
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, 'Payment complete')
    await expect
      .poll(async () => {
        await page.goto(`${addresses().shop}/orders`)
        await page.locator('[data-label=success]:visible').waitFor()
        return page.locator('[data-shipped]:visible').allInnerTexts()
      })
      .toEqual(['Shipped'])
  })
})
