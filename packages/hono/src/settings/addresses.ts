import type { Mode } from '@quayside/core'

// Schemes that run code, or that name something of the device instead of an app.
const unsafe =
  /^(?:javascript|vbscript|data|file|filesystem|blob|about|view-source|content|wss?|ftp):/
const ownScheme = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\]+/

/**
 * Whether text is an origin that a browser or an app's web view can send: `https://shop.example`, an app's own scheme
 * (`capacitor://localhost`), or `http://localhost`.
 *
 * @param text The origin, without a path.
 * @param mode In test mode any host may have `http`, such as that of a development server.
 * @returns False for anything else, such as `null`, a path, or a scheme that runs code.
 *
 * @example
 * ```ts
 * import { isAllowedOrigin } from '@quayside/hono'
 *
 * console.log(isAllowedOrigin('capacitor://localhost', 'live')) // true
 * console.log(isAllowedOrigin('http://shop.example', 'live')) // false
 * ```
 */
export function isAllowedOrigin(text: string, mode: Mode): boolean {
  return isAllowedPage(text, mode) && toOrigin(text) === text
}

/**
 * Whether text is an address for a result page: a URL with `https`, with an app's own scheme (`myapp://pay/result`),
 * or with `http` at `localhost`.
 *
 * @param text The URL.
 * @param mode In test mode any host may have `http`.
 * @returns False for anything else, such as a relative URL, one with a password, or a scheme that runs code.
 *
 * @example
 * ```ts
 * import { isAllowedPage } from '@quayside/hono'
 *
 * console.log(isAllowedPage('myapp://pay/result', 'live')) // true
 * console.log(isAllowedPage('javascript://shop.example/%0aalert(1)', 'live')) // false
 * ```
 */
export function isAllowedPage(text: string, mode: Mode): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  // A pattern such as `https://*.shop.example` is no host that a request can have.
  if (url === null || /[\s\\*]/.test(text) || url.username !== '' || url.password !== '')
    return false
  if (url.protocol === 'https:') return true
  if (url.protocol === 'http:') return mode === 'test' || isLocal(url.hostname)
  return ownScheme.test(text) && !unsafe.test(text)
}

/**
 * The origin that requests from a page have. A URL's own `origin` is `null` for the scheme of an app, but web views
 * send scheme and host.
 */
export function toOrigin(text: string): string {
  const { origin } = new URL(text)
  return origin === 'null' ? (ownScheme.exec(text)?.[0] ?? text) : origin
}

function isLocal(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}
