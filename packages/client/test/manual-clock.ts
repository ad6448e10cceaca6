/// <reference types="node" />
import type { Sleep } from '../src/call/attempt.ts'

interface Timer {
  readonly atMs: number
  readonly fire: () => void
}

const hourMs = 60 * 60_000

/** Timeouts for calls that run on the real clock: a busy machine never reaches them. */
export const longTimeouts = { timeoutMs: hourMs, attemptTimeoutMs: hourMs }

/** A clock that advances only when every task waits for a timer. */
export interface Clock {
  readonly now: () => number
  readonly sleep: Sleep
  /** Advances the time without firing timers. */
  readonly advance: (ms: number) => void
  /** Waits for the promise, advancing from timer to timer. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>
  /** The number of pending timers. */
  readonly pending: () => number
}

export function createClock(startMs = 1_700_000_000_000): Clock {
  let nowMs = startMs
  const timers = new Set<Timer>()

  const sleep: Sleep = (ms, signal) =>
    new Promise((resolve) => {
      const fire = () => {
        timers.delete(timer)
        resolve()
      }
      const timer = { atMs: nowMs + ms, fire: fire }
      timers.add(timer)
      signal.addEventListener('abort', fire, { once: true })
      if (signal.aborted) fire()
    })

  const until = async <T>(promise: Promise<T>): Promise<T> => {
    const state = { settled: false }
    const markSettled = () => {
      state.settled = true
    }
    promise.then(markSettled, markSettled)
    while (!state.settled) {
      for (let round = 0; round < 20; round += 1) {
        await new Promise((resolve) => setImmediate(resolve))
      }
      const [next] = [...timers].toSorted((a, b) => a.atMs - b.atMs)
      if (state.settled || next === undefined) continue
      nowMs = Math.max(nowMs, next.atMs)
      next.fire()
    }
    return promise
  }

  return {
    now: () => nowMs,
    sleep,
    until,
    advance: (ms) => {
      nowMs += ms
    },
    pending: () => timers.size,
  }
}
