import { readReturn } from '../return.ts'
import { isAppUrl, parseIntent } from './intent.ts'
import { paymentApps } from './payment-apps.ts'

/** What an app does with an address that its web view is about to open. */
export type Navigation =
  /** A page: the web view opens it. */
  | { readonly kind: 'page' }
  /** Another app: the system opens `appUrl`, or else what is at `storeUrl`. */
  | { readonly kind: 'app'; readonly appUrl: string; readonly storeUrl: string | null }
  /** The buyer is back, with a result: the web view opens `pageUrl`. */
  | { readonly kind: 'return'; readonly pageUrl: string }
  /** The buyer is back from another app, and the page goes on by itself. */
  | { readonly kind: 'foreground' }
  /** Nothing that a payment needs: nobody opens it. */
  | { readonly kind: 'blocked' }

/** The app, and where its returns go. */
export interface AppSettings {
  /** The app's own scheme: what the page gives as `app_scheme`. */
  readonly appScheme: string
  /** The page for a return: the payment server's `/payments/redirect`, or the `m_redirect_url` of the shop. */
  readonly returnPage: string
  /** The system, by which an app is opened and a store is found. */
  readonly platform: 'android' | 'ios'
}

/**
 * Says what an app does with an address: before its web view opens it, and when the system opens the app by it.
 *
 * A return leads to `returnPage` whatever page it names itself: any app can call yours by its scheme.
 *
 * @param url The address.
 * @param settings The app's scheme, its return page and the platform.
 *
 * @example
 * ```ts
 * import { classifyNavigation } from '@quayside/browser/app'
 *
 * const settings = {
 *   appScheme: 'myapp', returnPage: 'https://pay.shop.example/payments/redirect', platform: 'ios',
 * } as const
 * console.log(classifyNavigation('ispmobile://TID=1', settings))
 * // { kind: 'app', appUrl: 'ispmobile://TID=1', storeUrl: 'https://apps.apple.com/kr/app/id369125087' }
 * console.log(classifyNavigation('myapp://?imp_uid=imp_1&merchant_uid=ORD-1', settings).kind) // return
 * ```
 */
export function classifyNavigation(url: string, settings: AppSettings): Navigation {
  const { appScheme, platform } = settings
  if (/^(https?:\/\/|about:blank$)/i.test(url)) return { kind: 'page' }
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase()
  if (scheme === appScheme.toLowerCase()) return toReturn(url, settings)
  const intent = parseIntent(url)
  if (intent !== null) {
    const { appUrl, packageName, fallbackUrl } = intent
    const ownScheme = appUrl.slice(0, appUrl.indexOf(':')).toLowerCase()
    if (ownScheme === appScheme.toLowerCase()) return toReturn(appUrl, settings)
    const market = packageName === null ? null : `market://details?id=${packageName}`
    return { kind: 'app', appUrl, storeUrl: market ?? fallbackUrl ?? storeOf(ownScheme, platform) }
  }
  return isAppUrl(url)
    ? { kind: 'app', appUrl: url, storeUrl: storeOf(scheme, platform) }
    : { kind: 'blocked' }
}

function toReturn(url: string, { returnPage }: AppSettings): Navigation {
  const returned = readReturn(url)
  if (!returned.ok) return { kind: 'foreground' }
  const { merchantUid, impUid, claim, errorCode, errorMessage } = returned.value
  const query = new URLSearchParams()
  const fields = {
    imp_uid: impUid,
    merchant_uid: merchantUid,
    imp_success: claim === 'unknown' ? null : String(claim === 'success'),
    error_code: errorCode,
    error_msg: errorMessage,
  }
  for (const [name, value] of Object.entries(fields)) if (value !== null) query.set(name, value)
  const separator = returnPage.includes('?') ? '&' : '?'
  return { kind: 'return', pageUrl: `${returnPage}${separator}${query}` }
}

function storeOf(scheme: string, platform: AppSettings['platform']): string | null {
  const app = Object.hasOwn(paymentApps, scheme) ? paymentApps[scheme] : undefined
  if (app === undefined) return null
  if (platform === 'android') return `market://details?id=${app.android}`
  return app.ios === null ? null : `https://apps.apple.com/kr/app/id${app.ios}`
}
