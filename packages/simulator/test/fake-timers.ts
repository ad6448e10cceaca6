import { vi } from 'vitest'

/** Replaces the runtime's timers, so that a delay ends only when a test ends it; undone by `vi.useRealTimers`. */
export function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
}

/** Resolves when a timer is set. */
export async function untilTimerPending(): Promise<void> {
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
}

/** Whether a response is sent after exactly so many milliseconds. */
export async function isSentAfter(ms: number, response: Promise<unknown>): Promise<boolean> {
  let isSent = false
  const sent = response.then(() => {
    isSent = true
  })
  await untilTimerPending()
  await vi.advanceTimersByTimeAsync(ms - 1)
  const isEarly = isSent
  await vi.advanceTimersByTimeAsync(1)
  await sent
  return !isEarly
}
