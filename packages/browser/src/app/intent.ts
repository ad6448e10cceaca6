/** What an `intent:` address of Android asks for. */
export interface Intent {
  /** The address of the app: `ispmobile://TID=1`. */
  readonly appUrl: string
  /** The package to install where the app is missing; null without one. */
  readonly packageName: string | null
  /** The web page to show where the app is missing; null without one. */
  readonly fallbackUrl: string | null
}

/**
 * Reads an `intent:` address, which no web view opens by itself. Of its parts only the address, the package and a web page are
 * read: a page must not choose a component of the app, nor what is handed to it.
 *
 * @param url The address.
 * @returns Null for anything else, and for an intent without an app.
 *
 * @example
 * ```ts
 * import { parseIntent } from '@quayside/browser/app'
 *
 * const intent = parseIntent('intent://TID=1#Intent;scheme=ispmobile;package=kvp.jjy.MispAndroid320;end')
 * console.log(intent?.appUrl) // ispmobile://TID=1
 * ```
 */
export function parseIntent(url: string): Intent | null {
  const parts = /^intent:(?<address>[^#]*)#Intent;(?<extras>.*;)?end;?$/i.exec(url)?.groups
  if (parts === undefined) return null
  const extras = new Map(
    (parts['extras'] ?? '').split(';').map((extra) => {
      const at = `${extra}=`.indexOf('=')
      return [extra.slice(0, at), extra.slice(at + 1)]
    }),
  )
  const address = parts['address'] ?? ''
  const scheme = extras.get('scheme')
  const appUrl = address.startsWith('//') && scheme !== undefined ? `${scheme}:${address}` : address
  if (!isAppUrl(appUrl)) return null
  const packageName = extras.get('package') ?? ''
  const fallbackUrl = decode(extras.get('S.browser_fallback_url') ?? '')
  return {
    appUrl,
    packageName: /^\w+(\.\w+)+$/.test(packageName) ? packageName : null,
    fallbackUrl: /^https?:\/\//i.test(fallbackUrl) ? fallbackUrl : null,
  }
}

// Schemes that run code in the web view, or that read what is on the device.
const unsafe =
  /^(javascript|vbscript|data|file|filesystem|blob|about|view-source|content|android-app|intent|wss?|ftp):/i

/** Whether an address can be one of another app. */
export function isAppUrl(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(url) && !/^https?:/i.test(url) && !unsafe.test(url)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not encoded.
    return text
  }
}
