import type { Sleep } from '../timers.ts'

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
    controller.abort()
  }
}
