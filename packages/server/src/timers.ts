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
export const sleepOnTimer: Sleep = (ms, signal): Promise<void> =>
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

/** Returns what the promise resolves to, or null when it does not settle in time. */
export async function withTimeout<Value>(
  pending: Promise<Value>,
  ms: number,
  sleep: Sleep,
): Promise<Value | null> {
  const controller = new AbortController()
  try {
    return await Promise.race([pending, sleep(ms, controller.signal).then(() => null)])
  } finally {
    // With a reason: without one, each call would make an error with its stack.
    controller.abort('ended')
  }
}
