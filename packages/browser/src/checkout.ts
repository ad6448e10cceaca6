import { type Report, toReport } from './claim.ts'
import { type FindDeps, findResult } from './find-result.ts'
import { openWindow, type WindowRequest } from './open-window.ts'
import type { Page } from './page.ts'
import { createPaymentServer } from './payment-server.ts'
import type { AbsoluteUrl } from './request/payment-request.ts'
import { findRefusals, type RequestProblem } from './request/problem.ts'
import { type FailureReason, type Outcome, type Purpose, toNotOpened, toUnknown } from './result.ts'
import { readReturn, toResponse } from './return.ts'
import { createSavedAttempts, type SavedAttempt, type SavedAttempts } from './saved-attempt.ts'
import { findSdk, type Iamport, type SdkResult } from './sdk/iamport.ts'
import { loadSdk, type SdkOptions } from './sdk/load-sdk.ts'
import type { ResumeOptions, WindowOptions } from './window-options.ts'

/** The settings of a page. */
export interface CheckoutSettings {
  /** The merchant's code: `imp` and digits. */
  readonly userCode: string
  /** The tier of a sub-merchant. */
  readonly tierCode?: string
  /** The address of the completion routes: `https://pay.shop.example/payments`. */
  readonly server: AbsoluteUrl
  /** Where the browser script comes from. */
  readonly sdk?: SdkOptions
  /** How often the payment server is asked how a window ended; 12 times by default, which takes about four minutes. */
  readonly maxAsks?: number
  /** The page; the current one by default. */
  readonly page?: Page
}

/** What the windows of one page share. */
export interface CheckoutParts extends FindDeps {
  readonly settings: CheckoutSettings
  /** The address of the completion routes. */
  readonly baseUrl: string
  readonly attempts: SavedAttempts
  /** The windows that are open, by the id that each is about. */
  readonly open: Map<string, Promise<Outcome>>
  /** The browser script, once it knows the merchant; null while it is being loaded. */
  findReady(): SdkResult | null
}

/** A window to open. */
interface Wanted {
  readonly purpose: Purpose
  readonly merchantUid: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Makes what the windows of a page share, and begins to load the browser script. */
export function createParts(settings: CheckoutSettings, page: Page): CheckoutParts {
  let initialized: Iamport | null = null
  const findReady = (): SdkResult | null => {
    const sdk = findSdk(page)
    if (sdk?.ok !== true || sdk.value === initialized) return sdk
    try {
      const { userCode, tierCode } = settings
      if (tierCode === undefined) sdk.value.init(userCode)
      else sdk.value.agency?.(userCode, tierCode)
    } catch {
      // The script reads the merchant's channels from the provider, which could not be reached. It ignores a second `init`.
      sdk.value.deinit?.()
      return { ok: false, reason: 'sdk_unavailable' }
    }
    initialized = sdk.value
    return sdk
  }
  void loadSdk(settings.sdk, page).then(findReady)
  const baseUrl = settings.server.replace(/\/+$/, '')
  return {
    settings,
    baseUrl,
    page,
    server: createPaymentServer(baseUrl, page),
    attempts: createSavedAttempts(page),
    maxAsks: settings.maxAsks ?? 12,
    open: new Map(),
    findReady,
  }
}

/** Opens a window, unless it is open already, and finds out how it ended. */
export function begin(
  wanted: Wanted,
  options: WindowOptions,
  parts: CheckoutParts,
): Promise<Outcome> {
  const { merchantUid } = wanted
  if (!merchantUid) {
    // The script would invent an id, and the payment would be of no order.
    throw new TypeError('Cannot open a payment window: merchant_uid is missing')
  }
  const begun = parts.open.get(merchantUid)
  if (begun !== undefined) return begun
  const outcome = run(wanted, options, parts)
  parts.open.set(merchantUid, outcome)
  const close = () => parts.open.delete(merchantUid)
  void outcome.then(close, close)
  return outcome
}

async function run(
  { purpose, merchantUid, params }: Wanted,
  options: WindowOptions,
  parts: CheckoutParts,
): Promise<Outcome> {
  const { settings, page, attempts } = parts
  const { token = null, signal, check } = options
  const { href: begunAt } = page.location
  const attempt: SavedAttempt = { purpose, merchantUid, token, report: null, begunAt }
  /** Whether this tab knows of no attempt before this one whose end is not known. */
  const isFirst = attempts.find('merchantUid', merchantUid) === null
  // No window opened. That is a failure, unless the order has been paid, or may have been, by an attempt before this one.
  const withoutWindow = async (reason: FailureReason, problems?: readonly RequestProblem[]) => {
    const notOpened = toNotOpened(merchantUid, reason, problems)
    if (isFirst) attempts.forget(merchantUid)
    if (isFirst && (purpose !== 'payment' || token === null)) return notOpened
    // A failure of the order would be one of before: here it counts as open.
    const known = await settle(attempt, signal, isFirst ? { ...parts, maxAsks: 1 } : parts)
    const isOpen = known.status === 'unknown' && known.reason !== 'deposit_overdue'
    return isFirst && isOpen ? notOpened : known
  }
  if (parts.open.size > 0) return withoutWindow('another_in_progress')
  const complete = { m_redirect_url: `${parts.baseUrl}/redirect`, ...params }
  const problems = findRefusals(complete, check)
  if (problems.length > 0) return withoutWindow('request_invalid', problems)
  let sdk = parts.findReady()
  if (sdk === null) {
    await loadSdk(settings.sdk, page)
    sdk = parts.findReady()
  }
  if (sdk?.ok !== true) return withoutWindow(sdk?.reason ?? 'sdk_unavailable')
  const { value: imp } = sdk
  const opening = { attempt, imp, params: complete, signal }
  return inOneTab(attempt, page, () => open(opening, withoutWindow, parts))
}

/** Two windows of one order could both be paid: a second tab waits for the first. */
async function inOneTab(
  { merchantUid }: SavedAttempt,
  page: Page,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  const { locks }: Partial<Navigator> = page.navigator
  // Pages without https have no locks: there the provider alone refuses a second payment of the id.
  if (locks === undefined) return run()
  return locks.request(`quayside ${merchantUid}`, { ifAvailable: true }, (lock) =>
    lock === null ? toUnknown(merchantUid, 'open_in_another_tab') : run(),
  )
}

async function open(
  opening: WindowRequest,
  withoutWindow: (reason: FailureReason) => Promise<Outcome>,
  parts: CheckoutParts,
): Promise<Outcome> {
  const { attempt, signal } = opening
  const { merchantUid } = attempt
  const { page, server, attempts } = parts
  attempts.save(attempt)
  const reportLate = (response: unknown) => {
    const report = toReport(response, merchantUid)
    if (report !== null) void server.report(report)
  }
  const end = await openWindow(opening, page, server, reportLate)
  const find = (report: Report | null) => settle({ ...attempt, report }, signal, parts)
  switch (end.kind) {
    case 'called_back':
      return find(toReport(end.response, merchantUid))
    case 'silent':
      return find(null)
    case 'not_opened':
      return withoutWindow('sdk_incompatible')
    case 'no_callback':
    case 'aborted':
      return toUnknown(merchantUid, end.kind)
  }
}

/** Finds out how an attempt ended, and forgets it once that is known. */
async function settle(
  attempt: SavedAttempt,
  signal: AbortSignal | undefined,
  parts: CheckoutParts,
  isWindowOver = false,
): Promise<Outcome> {
  const { attempts } = parts
  // Saved first: if no request gets through, the page can repeat the report after a reload.
  if (attempt.report !== null) attempts.save(attempt)
  const outcome = await findResult({ attempt, isWindowOver, signal }, parts)
  if (outcome.status !== 'unknown') attempts.forget(attempt.merchantUid)
  return outcome
}

/** What a page goes on with. */
export interface Resumed {
  readonly purpose: Purpose
  readonly outcome: Outcome
}

/**
 * Goes on with the return in the page's address, or else with the newest attempt of this tab.
 *
 * An attempt that began at this very address is newer than the return that the address still has: that return says nothing about
 * it, and its window may be open.
 */
export async function resume(
  { url, token, purpose, isReturnPage = false, signal }: ResumeOptions,
  parts: CheckoutParts,
): Promise<Resumed | null> {
  const { attempts, page } = parts
  const address = url ?? page.location.href
  const read = readReturn(address)
  const returned = read.ok ? read.value : null
  const said = returned && toReport(toResponse(returned), returned.merchantUid)
  const newer = said && attempts.find('begunAt', address)
  const saved =
    newer ?? (returned ? attempts.find('merchantUid', returned.merchantUid) : attempts.newest())
  const merchantUid = (newer ?? returned ?? saved)?.merchantUid
  if (merchantUid === undefined) return null
  const attempt: SavedAttempt = {
    ...saved,
    purpose: purpose ?? saved?.purpose ?? 'payment',
    merchantUid,
    token: token ?? saved?.token ?? null,
    report: (newer ? null : said) ?? saved?.report ?? null,
  }
  const outcome = await settle(attempt, signal, parts, isReturnPage && newer === null)
  return { purpose: attempt.purpose, outcome }
}
