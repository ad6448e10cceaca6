import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launch } from '../e2e/browser.ts'
import { bundleScript } from './bundle.mjs'
import { expected } from './expected.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

it('T220: every case passes in Chromium as in any other runtime', async () => {
  const page = await browser.newPage()
  page.setDefaultTimeout(0)
  const errors: unknown[] = []
  page.on('pageerror', (error) => errors.push(error))
  await page.addScriptTag({ content: await bundleScript() })
  expect(await page.evaluate('suite.run()')).toEqual(expected)
  expect(errors).toEqual([])
  await page.close()
})
