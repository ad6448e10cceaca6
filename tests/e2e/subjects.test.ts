import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectTitle, pressInWindow, reachResult } from './checkout.ts'
import { setUpNpmStart } from './npm-start.ts'

const { addresses, onDesktop, onPhone, control } = setUpNpmStart()

const dayMs = 86_400_000

const fillBuyer = async (page: Page) => {
  await page.fill('[name=buyer_name]', '홍길동')
  await page.fill('[name=buyer_email]', 'buyer@example.com')
  await page.fill('[name=buyer_tel]', '010-1234-5678')
}

describe('a subscription', () => {
  const openCard = async (page: Page) => {
    await page.goto(`${addresses().shop}/subscribe/tea-of-the-month`)
    await fillBuyer(page)
    await page.locator('button[data-pay]:enabled').press('Enter')
  }

  const expectView = async (page: Page, name: string) => {
    await expect
      .poll(() => page.locator('[data-subscription]').getAttribute('data-shown'))
      .toBe(name)
  }

  /** Moves the clock, then on by minutes: what a job has begun, it ends in a later minute. */
  const moveUntil = async (page: Page, days: number, name: string) => {
    await control('POST', '/clock', { advance_ms: days * dayMs })
    await expect
      .poll(
        async () => {
          await control('POST', '/clock', { advance_ms: 60_000 })
          return page.locator('[data-subscription]').getAttribute('data-shown')
        },
        { interval: 1_000 },
      )
      .toBe(name)
  }

  const charges = (page: Page) => page.locator('[data-attempts] [data-field=order]')

  it('is charged at once and each month, past due with a dead card, goes on with a new one, and ends', async () => {
    const page = await onDesktop()
    page.on('dialog', (dialog) => void dialog.accept())
    await openCard(page)
    await pressInWindow(page, 'decline')
    await expect
      .poll(() => page.locator('[role=alert]:visible').innerText())
      .toMatch(/CC61|한도초과/)

    await openCard(page)
    await pressInWindow(page, 'pay')
    await expectView(page, 'active')
    expect(await charges(page).count()).toBe(1)
    const [, id = ''] = /^sub-(.+)-1-1$/.exec((await charges(page).innerText()).trim()) ?? []

    await control('POST', '/clock', { advance_ms: 31 * dayMs })
    await expect
      .poll(
        async () => {
          await control('POST', '/clock', { advance_ms: 60_000 })
          return charges(page).count()
        },
        { interval: 1_000 },
      )
      .toBe(2)

    // The card's owner spends the money elsewhere: nobody is told.
    const console = await onDesktop()
    await console.goto(`${addresses().simulator}/?lang=en`)
    const row = console.locator('[data-customer-uid]').first()
    await row.locator('select').selectOption('no_balance')
    await row.getByRole('button', { name: 'Save' }).press('Enter')
    await moveUntil(page, 31, 'past_due')
    await expect.poll(() => page.locator('section:visible').first().innerText()).toMatch(/CC10/)

    await page.getByRole('button', { name: 'Register a new card' }).press('Enter')
    await page.locator('[data-subscribed]:visible').waitFor()
    await openCard(page)
    await pressInWindow(page, 'pay')
    await moveUntil(page, 0, 'active')

    await page.getByRole('button', { name: 'Cancel the subscription' }).press('Enter')
    await expectView(page, 'ending')
    await moveUntil(page, 40, 'over')
    await moveUntil(page, 40, 'over')

    const { payments } = await control('GET', '/state')
    const made = Array.isArray(payments) ? payments : []
    expect(
      made
        .filter(({ merchant_uid }) => String(merchant_uid).startsWith(`sub-${id}-`))
        .map(({ merchant_uid, status, amount }) => [merchant_uid, status, amount]),
    ).toEqual([
      [`sub-${id}-1-1`, 'paid', 19_000],
      [`sub-${id}-2-1`, 'paid', 19_000],
      [`sub-${id}-3-1`, 'failed', 19_000],
      [`sub-${id}-3-2`, 'paid', 19_000],
    ])
  })

  it('begins on a phone, which comes back from the window by redirect', async () => {
    const page = await onPhone()
    await openCard(page)
    await page.locator('[data-action=pay]').click()
    await expectView(page, 'active')
    expect(new URL(page.url()).pathname).toBe('/subscription')
    expect(await charges(page).count()).toBe(1)
  })
})

describe('a product for adults', () => {
  const expectAge = async (page: Page, status: string) => {
    await expect
      .poll(() => page.locator('[data-age-check]').getAttribute('data-shown'))
      .toBe(status)
  }

  const open = async (page: Page) => {
    await page.goto(`${addresses().shop}/checkout/pine-shoot-wine`)
    await expectAge(page, 'none')
  }

  const certify = async (window: Page, birthday: string) => {
    await window.fill('[name=name]', '홍길동')
    await window.fill('[name=phone]', '010-1234-5678')
    await window.fill('[name=birthday]', birthday)
    await window.locator('[data-action=certify]').press('Enter')
  }

  const verifyInPopup = async (page: Page, birthday: string) => {
    const opening = page.waitForEvent('popup')
    await page.locator('[data-age-start]').press('Enter')
    await certify(await opening, birthday)
  }

  it('is not sold to a minor, and is sold to an adult once for each check', async () => {
    const page = await onDesktop()
    await open(page)
    await verifyInPopup(page, '2025-01-31')
    await expectAge(page, 'pending')
    await fillBuyer(page)
    await page.click('button[data-pay]')
    await expect
      .poll(() => page.locator('[role=alert]:visible').innerText())
      .toContain('Please verify your age first.')

    await verifyInPopup(page, '1990-01-31')
    await expectAge(page, 'verified')
    await page.click('button[data-pay]')
    await pressInWindow(page, 'pay')
    await reachResult(page)
    await expectTitle(page, 'Payment complete')
    await open(page)
  })

  it('is sold on a phone, which comes back to its checkout', async () => {
    const page = await onPhone()
    await open(page)
    await page.locator('[data-age-start]').tap()
    await page.locator('[data-action=certify]').waitFor()
    await certify(page, '1990-01-31')
    await expectAge(page, 'verified')
    expect(new URL(page.url()).pathname).toBe('/checkout/pine-shoot-wine')
    await fillBuyer(page)
    await page.click('button[data-pay]')
    await page.locator('[data-action=pay]').click()
    await reachResult(page, /\/result\/success/)
    await expectTitle(page, 'Payment complete')
  })
})
