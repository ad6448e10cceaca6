/** What of a page is used. A `Window` is one; a test may have its own clock and network. */
export interface Page {
  /** Where the browser script is added, and whose visibility ends a wait. */
  readonly document: Document
  /** Its locks keep two tabs from opening a window for one order, where the browser has them. */
  readonly navigator: Navigator
  /** The address that `resume` reads by default. */
  readonly location: Pick<Location, 'href'>
  /** Keeps the attempt of this tab over a redirect: its order, its token, and nothing about the buyer. */
  readonly sessionStorage: Storage
  /** Asks the payment server. */
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Waits this many milliseconds. */
  setTimeout(run: () => void, ms: number): number
  /** Ends a wait without its run. */
  clearTimeout(timer: number): void
  /** Hears of `online`, until the signal ends it. */
  addEventListener(
    name: string,
    listener: (event: Event) => void,
    options: { readonly signal: AbortSignal },
  ): void
}

/**
 * Waits. A page that becomes visible or online again ends the wait: the buyer is back from another app, and wants to know.
 */
export function pause(page: Page, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const { document } = page
    const over = new AbortController()
    const options = { signal: over.signal }
    const end = () => {
      page.clearTimeout(timer)
      over.abort()
      resolve()
    }
    const endIfVisible = () => {
      if (document.visibilityState === 'visible') end()
    }
    const timer = page.setTimeout(end, ms)
    document.addEventListener('visibilitychange', endIfVisible, options)
    page.addEventListener('online', end, options)
    signal?.addEventListener('abort', end, options)
    if (signal?.aborted === true) end()
  })
}
