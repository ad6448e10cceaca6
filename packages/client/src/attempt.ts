import { fail, ok, type Result } from '@quayside/core'
import type { ClientFailure } from './failure.ts'
import type { Redactor } from './secret.ts'

/** Resolves after `ms` milliseconds, or as soon as the signal aborts; then it holds no timer. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

/** How long one attempt may take, and who may stop it. */
export interface Limits {
  readonly timeoutMs: number
  readonly signal: AbortSignal | null
  readonly sleep: Sleep
  readonly redactor: Redactor
}

/**
 * Does one piece of work within its limits. The work's own signal fires when the attempt is over, for
 * whatever reason, so that nothing of it stays behind.
 */
export async function attempt<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, signal, sleep, redactor }: Limits,
): Promise<Result<T, ClientFailure>> {
  const over = new AbortController()
  try {
    // Racing, not only signalling: a transport that ignores its signal must not hold the caller.
    return await Promise.race([
      work(over.signal).then(ok),
      sleep(timeoutMs, over.signal).then(() => fail({ reason: 'timeout', timeoutMs } as const)),
      whenAborted(signal, over.signal).then((reason) =>
        fail({ reason: 'aborted', cause: redactor.describe(reason) } as const),
      ),
    ])
  } catch (thrown) {
    return fail({ reason: 'unreachable', cause: redactor.describe(thrown) })
  } finally {
    over.abort()
  }
}

/** The usual {@link Sleep}, on the runtime's own timer. */
export const sleepOnTimer: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake)
    if (signal.aborted) wake()
  })

function whenAborted(signal: AbortSignal | null, over: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve(signal.reason)
    signal?.addEventListener('abort', () => resolve(signal.reason), { once: true, signal: over })
  })
}
