import type { RequestCheck } from './request/problem.ts'
import type { Purpose } from './result.ts'

/** The options of one window. */
export interface WindowOptions {
  /**
   * The order's token (`order_token`), or that of the verification: with it, the page learns of a payment whose window never
   * calls back, and of the account to pay into.
   */
  readonly token?: string
  /** Finds what is wrong with the request before the window opens, such as `check` of `@quayside/rules`. */
  readonly check?: RequestCheck
  /** Stops waiting. The window stays open, and the result is `unknown`. */
  readonly signal?: AbortSignal
}

/** Where a page goes on after a reload, or after a phone came back. */
export interface ResumeOptions {
  /** The address of the page; the current one by default. An app gives the address by which it was opened. */
  readonly url?: string
  /** The token, where this tab does not have it: an app's own page, another browser. */
  readonly token?: string
  /** What the window was opened for, where this tab does not know: a payment by default. */
  readonly purpose?: Purpose
  /**
   * Whether this page is where a window leads back to. Then a failed order is a failure of this attempt; without it, the
   * window may be open elsewhere, and the result is `unknown`.
   */
  readonly isReturnPage?: boolean
  /** Stops waiting; the result is `unknown`. */
  readonly signal?: AbortSignal
}
