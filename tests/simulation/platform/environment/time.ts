import { setImmediate as untilSettled } from 'node:timers/promises'
import type { SimulatedClock } from '../../engine/clock.ts'
import { createTimers, type Timers } from '../../worker/bindings/timers.ts'

/** The simulated time of a run: it passes only while everything waits for it. */
export interface SimulatedTime {
  readonly clock: SimulatedClock
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Lets time pass until the work has ended. */
  readonly settle: <T>(work: Promise<T>) => Promise<T>
  /** Lets time pass until the work has ended, but never beyond a time. */
  readonly settleUntil: (work: Promise<unknown>, untilMs: number) => Promise<void>
}

const process = { id: 1 }
/** How often nothing may happen before it counts as waiting: bodies are read in some steps that nobody sees. */
const idleSteps = 12
/** Work that waits for nothing any more has hung. */
const maxIdleSteps = 10_000

/** Makes the time of a run, from `startMs` on. */
export function createTime(startMs: number): SimulatedTime {
  const clock: SimulatedClock = { ms: startMs, step: 0 }
  const timers = createTimers(clock, () => undefined)
  return {
    clock,
    sleep: (ms, signal) => timers.sleep(process, ms, signal),
    async settle(work) {
      await settle(work, timers, Number.POSITIVE_INFINITY)
      return work
    },
    settleUntil: (work, untilMs) => settle(work, timers, untilMs),
  }
}

async function settle(work: Promise<unknown>, timers: Timers, untilMs: number): Promise<void> {
  let hasEnded = false
  const end = (): void => void (hasEnded = true)
  work.then(end, end)
  for (let idle = 0; !hasEnded; idle++) {
    await untilSettled()
    if (idle > maxIdleSteps) throw new Error('Cannot go on: work waits for nothing')
    if (idle < idleSteps || timers.waiting === 0) continue
    if (timers.nextAt > untilMs) return
    timers.skipToNext()
    idle = 0
  }
}
