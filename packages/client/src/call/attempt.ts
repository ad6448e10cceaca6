import { fail } from '@quayside/core'
import type { ClientFailure } from '../values/failure.ts'
import { type Redact, toCause } from '../values/redact.ts'

/** Resolves after `ms` milliseconds. After the signal aborts it need not resolve, and must keep no timer. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

/** The caller's signal, the timer and the redaction that an attempt uses. */
export interface Limits {
  readonly signal: AbortSignal | null
  readonly sleep: Sleep
  readonly redact: Redact
}

interface Failed {
  readonly ok: false
  readonly failure: ClientFailure
}

/**
 * Runs one piece of work within its limits, or does not start it when the time is over. The work's own
 * signal fires when the attempt ends for any reason, so that no timer or request remains.
 */
export async function attempt<Outcome>(
  work: (signal: AbortSignal) => Promise<Outcome>,
  timeoutMs: number,
  { signal, sleep, redact }: Limits,
): Promise<Outcome | Failed> {
  const timedOut = () => fail({ reason: 'timeout', timeoutMs } as const)
  if (timeoutMs <= 0) return timedOut()
  const controller = new AbortController()
  try {
    signal?.throwIfAborted()
    // A race in addition to the signal: a transport that ignores its signal must not block the caller.
    return await new Promise<Outcome | Failed>((resolve, reject) => {
      signal?.addEventListener('abort', reject, { signal: controller.signal })
      sleep(timeoutMs, controller.signal).then(() => resolve(timedOut()), reject)
      work(controller.signal).then(resolve, reject)
    })
  } catch (thrown) {
    return signal?.aborted
      ? fail({ reason: 'aborted', cause: toCause(signal.reason, redact) })
      : fail({ reason: 'unreachable', cause: toCause(thrown, redact) })
  } finally {
    // With a reason: without one, each call would make an error with its stack.
    controller.abort('ended')
  }
}

/** The default {@link Sleep}, with the runtime's timer. */
export const sleepOnTimer: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
