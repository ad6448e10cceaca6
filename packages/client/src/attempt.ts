import { fail } from '@quayside/core'
import type { ClientFailure } from './failure.ts'
import { type Redact, toCause } from './redact.ts'

/** Resolves after `ms` milliseconds. Once the signal aborts, nobody waits and it must hold no timer. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

/** Who may stop an attempt, and what it needs beside its work. */
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
 * Does one piece of work within its limits, or does not begin it when they are over. The work's own
 * signal fires when the attempt is over, for whatever reason, so that nothing of it stays behind.
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
    // Racing, not only signalling: a transport that ignores its signal must not hold the caller.
    return await Promise.race([
      new Promise<never>((_, reject) =>
        signal?.addEventListener('abort', reject, { signal: controller.signal }),
      ),
      sleep(timeoutMs, controller.signal).then(timedOut),
      work(controller.signal),
    ])
  } catch (thrown) {
    return signal?.aborted
      ? fail({ reason: 'aborted', cause: toCause(signal.reason, redact) })
      : fail({ reason: 'unreachable', cause: toCause(thrown, redact) })
  } finally {
    controller.abort()
  }
}

/** The usual {@link Sleep}, on the runtime's own timer. */
export const sleepOnTimer: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
