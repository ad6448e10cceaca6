/** Resolves after `ms` milliseconds, or as soon as the signal aborts; no timer remains then. Never rejects. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/**
 * A {@link Sleep} on the runtime's `setTimeout`.
 *
 * @example
 * ```ts
 * import { sleepOnTimer } from '@quayside/server'
 *
 * await sleepOnTimer(1) // a millisecond later
 * await sleepOnTimer(60_000, AbortSignal.abort()) // at once
 * ```
 */
export const sleepOnTimer: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal?.addEventListener('abort', wake)
    if (signal?.aborted === true) wake()
  })
