import type { Sleep } from '../timers.ts'

/** What a promise gives, or null when it gives nothing in time. */
export async function within<Value>(
  answer: Promise<Value>,
  ms: number,
  sleep: Sleep,
): Promise<Value | null> {
  const over = new AbortController()
  try {
    return await Promise.race([answer, sleep(ms, over.signal).then(() => null)])
  } finally {
    over.abort()
  }
}
