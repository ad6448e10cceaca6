import type { Page } from '../page.ts'
import { findSdk, type SdkResult } from './iamport.ts'

/** Where the browser script comes from. */
export interface SdkOptions {
  /** `https://cdn.iamport.kr/v1/iamport.js` by default; in development the simulator's `/v1/iamport.js`. */
  readonly url?: string
  /** The digest that the file must have: `sha384-…`. With it, the page runs no other file. */
  readonly integrity?: string
}

const timeoutMs = 20_000
const official = 'https://cdn.iamport.kr/v1/iamport.js'
const loading = new WeakMap<Document, Promise<SdkResult>>()

/**
 * Loads the provider's browser script, once per page: a script that the page has, or is loading, is waited for instead of
 * loaded again. After a failure the next call tries again.
 *
 * @param options Where it comes from.
 * @param page The page; the current one by default.
 * @returns The script (`IMP`), or why there is none.
 *
 * @example
 * ```ts
 * import { loadSdk } from '@quayside/browser'
 *
 * async function isReachable() {
 *   const sdk = await loadSdk({ url: 'http://localhost:8788/v1/iamport.js' })
 *   return sdk.ok ? 'ready' : sdk.reason
 * }
 * console.log(typeof isReachable) // function: a server has no page
 * ```
 */
export function loadSdk(options: SdkOptions = {}, page: Page = window): Promise<SdkResult> {
  const found = findSdk(page)
  if (found !== null) return Promise.resolve(found)
  const { document } = page
  const begun = loading.get(document)
  if (begun !== undefined) return begun
  const load = addScript(options, page)
  loading.set(document, load)
  void load.then(({ ok }) => {
    if (!ok) loading.delete(document)
  })
  return load
}

function addScript(options: SdkOptions, page: Page): Promise<SdkResult> {
  const { url = official, integrity } = options
  const { document } = page
  const there = [...document.scripts].find(({ src }) => src === url)
  const script = there ?? document.createElement('script')
  return new Promise((resolve) => {
    const end = () => {
      page.clearTimeout(timer)
      const found = findSdk(page) ?? { ok: false, reason: 'sdk_unavailable' }
      // Another try needs another element: one that has failed does not load again.
      if (!found.ok) script.remove()
      resolve(found)
    }
    const timer = page.setTimeout(end, timeoutMs)
    script.addEventListener('load', end)
    script.addEventListener('error', end)
    if (there !== undefined) return
    if (integrity !== undefined) {
      script.integrity = integrity
      script.crossOrigin = 'anonymous'
    }
    script.src = url
    document.head.append(script)
  })
}
