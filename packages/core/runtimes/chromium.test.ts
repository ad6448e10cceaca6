import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch } from '../../../tests/e2e/browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
})

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('suite.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'suite',
    platform: 'neutral',
  })
  return outputFiles[0]?.text ?? ''
}

describe('the package in Chromium', () => {
  it('parses every vector and makes every decision as in any other runtime', async () => {
    const page = await browser.newPage()
    page.setDefaultTimeout(0)
    const errors: unknown[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.addScriptTag({ content: await bundle() })
    expect(await page.evaluate('suite.run()')).toEqual({ passed: 242, failed: [] })
    expect(errors).toEqual([])
    await page.close()
  })
})
