interface ListenerOptions {
  readonly signal: AbortSignal
}

/** What of a page is used. A `Window` is one; a test may have its own clock and network. */
export interface Page {
  readonly document: Document
  readonly navigator: Navigator
  readonly location: Pick<Location, 'href'>
  readonly sessionStorage: Storage
  fetch(url: string, init: RequestInit): Promise<Response>
  setTimeout(run: () => void, ms: number): number
  clearTimeout(timer: number): void
  addEventListener(name: string, listener: (event: Event) => void, options: ListenerOptions): void
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
