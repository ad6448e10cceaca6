import type { Sleep } from '../timers.ts'

/** What a promise gives, or null when it gives nothing in time. */
export async function withTimeout<Value>(
  pending: Promise<Value>,
  ms: number,
  sleep: Sleep,
): Promise<Value | null> {
  const controller = new AbortController()
  try {
    return await Promise.race([pending, sleep(ms, controller.signal).then(() => null)])
  } finally {
    controller.abort()
  }
}
