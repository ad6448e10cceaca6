import { type Sleep, sleepOnTimer } from '../src/timers.ts'

const longestPauseMs = 1_000

const isPause = (ms: number, signal?: AbortSignal): signal is undefined =>
  signal === undefined || ms <= longestPauseMs

/** Pauses end at once; a timeout never fires, so a busy machine cannot end what a test waits for. */
export const immediateSleep: Sleep = (ms, signal) =>
  isPause(ms, signal) ? Promise.resolve() : untilAborted(signal)

/** Pauses take their real time; a timeout never fires. */
export const sleepWithoutTimeouts: Sleep = (ms, signal) =>
  isPause(ms, signal) ? sleepOnTimer(ms, signal) : untilAborted(signal)

/** Resolves when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
