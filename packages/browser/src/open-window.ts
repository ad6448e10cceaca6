import { type Page, pause } from './page.ts'
import type { PaymentServer } from './payment-server.ts'
import type { SavedAttempt } from './saved-attempt.ts'
import type { Iamport } from './sdk/iamport.ts'

/** What of an open window comes first. */
export type WindowEnd =
  | { readonly kind: 'called_back'; readonly response: unknown }
  /** Without a callback: the payment server knows, or the buyer went away from the page and came back to it. */
  | { readonly kind: 'silent' }
  /** It was open for longer than any PG keeps a window. */
  | { readonly kind: 'no_callback' }
  | { readonly kind: 'aborted' }
  /** The script threw instead of opening it. */
  | { readonly kind: 'not_opened' }

/** A window to open. */
export interface WindowRequest {
  readonly attempt: SavedAttempt
  readonly imp: Iamport
  readonly params: object
  readonly signal: AbortSignal | undefined
}

const pollMs = 5_000
const slowestPollMs = 30_000
/** An hour: the longest that a PG is known to keep a window open. */
const maxPolls = 122

/**
 * Opens a window, and waits for what comes first. It opens before this function returns, within the buyer's click, because
 * browsers block a popup that opens later.
 *
 * @param late Receives what the window says after something else came first.
 */
export function openWindow(
  { attempt, imp, params, signal }: WindowRequest,
  page: Page,
  server: PaymentServer,
  late: (response: unknown) => void,
): Promise<WindowEnd> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const end = (how: WindowEnd) => {
      over.abort()
      // Only the first end counts.
      resolve(how)
    }
    const endIfRestored = (event: Event) => {
      if ('persisted' in event && event.persisted === true) end({ kind: 'silent' })
    }
    const abort = () => end({ kind: 'aborted' })
    const callback = (response: unknown) => {
      if (over.signal.aborted) late(response)
      end({ kind: 'called_back', response })
    }
    page.addEventListener('pageshow', endIfRestored, over)
    signal?.addEventListener('abort', abort, over)
    if (signal?.aborted === true) return abort()
    try {
      if (attempt.purpose === 'verification') imp.certification(params, callback)
      else imp.request_pay(params, callback)
    } catch {
      // An old script without the library that it needs, for instance. What it may still say goes to the server.
      return end({ kind: 'not_opened' })
    }
    void watch(attempt, page, server, over.signal).then((isKnown) => {
      if (isKnown) imp.close?.()
      end({ kind: isKnown ? 'silent' : 'no_callback' })
    })
  })
}

/**
 * Reads the order while its window is open, because some windows never call back.
 *
 * @returns Whether the payment server knows a payment of it. Without a token it only waits.
 */
async function watch(
  { purpose, merchantUid, token }: SavedAttempt,
  page: Page,
  server: PaymentServer,
  signal: AbortSignal,
): Promise<boolean> {
  const canRead = purpose === 'payment' && token !== null
  let wasOpen = false
  let isConfirmed = false
  for (let poll = 1; poll <= maxPolls && !signal.aborted; poll += 1) {
    await pause(page, Math.min(poll * pollMs, slowestPollMs), signal)
    if (!canRead || signal.aborted) continue
    const { status } = await server.read('orders', merchantUid, token)
    // An account that the order had before this window says nothing about the window.
    const isDone = status === 'success' || (status === 'vbankIssued' && wasOpen)
    // One more round for the callback: the window may be showing its last page.
    if (isDone && isConfirmed) return true
    isConfirmed = isDone
    wasOpen ||= status === 'pending'
  }
  return false
}
