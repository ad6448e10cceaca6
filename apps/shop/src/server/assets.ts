import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join, resolve } from 'node:path'

export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>
  readonly type: string
}

/** The only files the shop serves, by their name under `/assets/`. */
const assetNames = [
  'age-check.js',
  'checkout.js',
  'format.js',
  'icon.svg',
  'open-order.js',
  'order-status.js',
  'order.css',
  'orders.js',
  'pay-with-axios.js',
  'pay-with-fetch.js',
  'pay-with-jquery.js',
  'pay-with-quayside.js',
  'result.js',
  'saved-orders.js',
  'saved-return.js',
  'shop.css',
  'subscribe.js',
  'subscription.js',
]

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Reads every file once, at the start. The libraries are resolved in `node_modules` from the public
 * folder upwards, independent of where the bundled server is; `@quayside/browser` is a bundle of this repository.
 */
export async function loadAssets(
  publicDir: string,
  browserPackage: string,
): Promise<ReadonlyMap<string, Asset>> {
  const { resolve: find } = createRequire(resolve(publicDir, 'checkout.js'))
  const files = [
    ...assetNames.map((name) => [name, join(publicDir, name)] as const),
    ['quayside.js', browserPackage] as const,
    ['pico.css', find('@picocss/pico/css/pico.min.css')] as const,
    ['jquery.js', join(dirname(find('jquery')), 'jquery.min.js')] as const,
    ['axios.js', join(dirname(find('axios/package.json')), 'dist/axios.min.js')] as const,
  ]
  const read = files.map(async ([name, path]) => {
    const type = contentTypes[extname(name)] ?? 'application/octet-stream'
    return [name, { body: new Uint8Array(await readFile(path)), type }] as const
  })
  return new Map(await Promise.all(read))
}
