import type { Instant } from '../../engine/fake-database.ts'
import type { Process } from '../../engine/scheduler.ts'

interface Timer {
  readonly process: Process
  readonly at: number
  readonly wake: () => void
  /** Whether it ends something else, should that take too long. */
  readonly isLimit: boolean
}

/** The timers of a schedule: none of them goes off but by a pick. */
export interface Timers {
  /** Resolves once the clock is that far, or as soon as the signal aborts. */
  sleep(process: Process, ms: number, signal: AbortSignal | undefined): Promise<void>
  readonly waiting: number
  /** Moves the clock to the next timer, and wakes whoever is due. */
  skip(): void
  /** Wakes whoever is due. */
  ring(): void
  /** Timers are memory: a process that dies has none. */
  drop(process: Process): void
}

/**
 * Makes the timers of a schedule.
 *
 * @param onLimit Told of each process whose patience with something came to an end.
 */
export function createTimers(now: Instant, onLimit: (process: Process) => void): Timers {
  let timers: Timer[] = []
  const ring = (): void => {
    const due = timers.filter(({ at }) => at <= now.ms)
    if (due.length === 0) return
    timers = timers.filter(({ at }) => at > now.ms)
    for (const { wake, isLimit, process } of due) {
      if (isLimit) onLimit(process)
      wake()
    }
  }
  return {
    sleep: (process, ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const isLimit = signal !== undefined
        const timer: Timer = { process, at: now.ms + ms, wake: resolve, isLimit }
        timers.push(timer)
        const stop = (): void => {
          timers = timers.filter((each) => each !== timer)
          resolve()
        }
        signal?.addEventListener('abort', stop, { once: true })
      }),
    get waiting() {
      return timers.length
    },
    skip() {
      const next = Math.min(...timers.map(({ at }) => at))
      if (Number.isFinite(next)) now.ms = Math.max(now.ms, next)
      ring()
    },
    ring,
    drop(process) {
      timers = timers.filter((each) => each.process !== process)
    },
  }
}
