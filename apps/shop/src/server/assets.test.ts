import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { createShop } from './app.ts'
import { loadAssets } from './assets.ts'

const publicDir = fileURLToPath(new URL('../../public/', import.meta.url))
const browserPackage = join(await mkdtemp(join(tmpdir(), 'quayside-')), 'quayside.js')
await build({
  entryPoints: ['packages/browser/src/index.ts'],
  outfile: browserPackage,
  bundle: true,
  format: 'esm',
})
const assets = await loadAssets(publicDir, browserPackage)
const config = {
  workerUrl: 'http://pay.test:8787',
  simulatorUrl: 'http://provider.test:8788',
  merchantKey: 'key',
  userCode: 'imp00000000',
  eventSecret: `whsec_${btoa('the secret of the shop, 32 bytes')}`,
}

describe('loadAssets()', () => {
  it('loads every browser file of the folder, and the four libraries', async () => {
    const files = (await readdir(publicDir)).filter((name) => !name.endsWith('.d.ts'))
    expect([...assets.keys()].toSorted()).toEqual(
      [...files, 'axios.js', 'jquery.js', 'pico.css', 'quayside.js'].toSorted(),
    )
  })

  it('contains every file that a page or another file refers to', async () => {
    const app = createShop(config, {
      assets,
      fetch: () => Promise.reject(new TypeError('unexpected request')),
      newId: () => '0',
      report: () => undefined,
    })
    const paths = ['/', '/orders', '/checkout/onggi-teapot', '/result/success']
    const pages = await Promise.all(paths.map(async (path) => (await app.request(path)).text()))
    const scripts = [...assets].filter(
      ([name]) => name.endsWith('.js') && !/jquery.js|axios.js/.test(name),
    )
    const modules = scripts.map(([, { body }]) => new TextDecoder().decode(body))
    const named = [
      ...pages.join().matchAll(/"\/assets\/([^"]+)"/g),
      ...modules.join().matchAll(/from '\.\/([^']+)'/g),
    ].map(([, name]) => name)
    expect(named.filter((name) => name === undefined || !assets.has(name))).toEqual([])
    expect(named.length).toBeGreaterThan(10)
  })
})
