/** Waits in real time, for ever when `ms` is null; rejects with the signal's reason when the caller aborts. */
export function sleep(ms: number | null, signal: AbortSignal): Promise<never> | Promise<void>
export function sleep(ms: null, signal: AbortSignal): Promise<never>
export function sleep(ms: number | null, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = ms === null ? undefined : setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })
}
