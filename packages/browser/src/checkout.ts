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
  if (parts.open.size > 0) {
    return Promise.resolve(toNotOpened(merchantUid, 'another_in_progress'))
  }
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
  const attempt: SavedAttempt = { purpose, merchantUid, token, report: null }
  const isFirst = attempts.find(merchantUid) === null
  const withoutWindow = (reason: FailureReason, problems?: readonly RequestProblem[]) => {
    const notOpened = toNotOpened(merchantUid, reason, problems)
    return settleWithoutWindow({ attempt, isFirst, signal, notOpened }, parts)
  }
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
  const find = (report: Report | null) =>
    settle({ ...attempt, report }, report !== null, signal, parts)
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
  isWindowOver: boolean,
  signal: AbortSignal | undefined,
  parts: CheckoutParts,
): Promise<Outcome> {
  const { attempts } = parts
  // Saved first: if no request gets through, the page can repeat the report after a reload.
  if (attempt.report !== null) attempts.save(attempt)
  const outcome = await findResult({ attempt, isWindowOver, signal }, parts)
  if (outcome.status !== 'unknown') attempts.forget(attempt.merchantUid)
  return outcome
}

/** An attempt whose window did not open. */
interface NotOpened {
  readonly attempt: SavedAttempt
  readonly notOpened: Outcome
  /** Whether this tab knows of no attempt before this one whose end is not known. */
  readonly isFirst: boolean
  readonly signal: AbortSignal | undefined
}

/**
 * No window opened. That is a failure, unless the order has been paid, or may have been, by an attempt before this one.
 */
async function settleWithoutWindow(
  { attempt, notOpened, isFirst, signal }: NotOpened,
  parts: CheckoutParts,
): Promise<Outcome> {
  if (isFirst) parts.attempts.forget(attempt.merchantUid)
  if (isFirst && (attempt.purpose !== 'payment' || attempt.token === null)) return notOpened
  const known = await settle(attempt, isFirst, signal, isFirst ? { ...parts, maxAsks: 1 } : parts)
  if (!isFirst) return known
  switch (known.status) {
    case 'done':
    case 'account_issued':
    case 'refunded':
      return known
    case 'failed':
    case 'cancelled_by_buyer':
      return notOpened
    case 'unknown':
      return known.reason === 'deposit_overdue' ? known : notOpened
  }
}

/** What a page goes on with. */
export interface Resumed {
  readonly purpose: Purpose
  readonly outcome: Outcome
}

/** Goes on with the return in the page's address, or else with the newest attempt of this tab. */
export async function resume(
  { url, token, purpose, isReturnPage = false, signal }: ResumeOptions,
  parts: CheckoutParts,
): Promise<Resumed | null> {
  const returned = readReturn(url ?? parts.page.location.href)
  const saved = returned.ok
    ? parts.attempts.find(returned.value.merchantUid)
    : parts.attempts.newest()
  const merchantUid = returned.ok ? returned.value.merchantUid : saved?.merchantUid
  if (merchantUid === undefined) return null
  const attempt: SavedAttempt = {
    purpose: purpose ?? saved?.purpose ?? 'payment',
    merchantUid,
    token: token ?? saved?.token ?? null,
    report: returned.ok
      ? toReport(toResponse(returned.value), merchantUid)
      : (saved?.report ?? null),
  }
  const isWindowOver = attempt.report !== null || isReturnPage
  const outcome = await settle(attempt, isWindowOver, signal, parts)
  return { purpose: attempt.purpose, outcome }
}
