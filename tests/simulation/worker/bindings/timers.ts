import type { SimulatedClock } from '../../engine/clock.ts'
import type { Process } from '../../engine/scheduler.ts'

interface Timer {
  readonly process: Process
  readonly at: number
  readonly wake: () => void
  /** Whether it limits other work, which aborts it by a signal. */
  readonly isTimeout: boolean
}

/** The timers of a schedule: they fire on its simulated clock. */
export interface Timers {
  /** Resolves once the clock is that far, or as soon as the signal aborts. */
  sleep(process: Process, ms: number, signal: AbortSignal | undefined): Promise<void>
  readonly waiting: number
  /** When the next timer fires; infinity when none waits. */
  readonly nextAt: number
  /** Moves the clock to the next timer, and fires the timers that are due. */
  skipToNext(): void
  /** Fires the timers that are due. */
  fireDue(): void
  /** Timers are memory: a process that crashes loses them. */
  drop(process: Process): void
}

/**
 * Makes the timers of a schedule.
 *
 * @param onTimeout Called with each process one of whose timeouts fires.
 */
export function createTimers(clock: SimulatedClock, onTimeout: (process: Process) => void): Timers {
  let timers: Timer[] = []
  const fireDue = (): void => {
    const due = timers.filter(({ at }) => at <= clock.ms)
    if (due.length === 0) return
    timers = timers.filter(({ at }) => at > clock.ms)
    for (const { wake, isTimeout, process } of due) {
      if (isTimeout) onTimeout(process)
      wake()
    }
  }
  return {
    sleep: (process, ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const isTimeout = signal !== undefined
        const timer: Timer = { process, at: clock.ms + ms, wake: resolve, isTimeout }
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
    get nextAt() {
      return toNextAt(timers)
    },
    skipToNext() {
      const next = toNextAt(timers)
      if (Number.isFinite(next)) clock.ms = Math.max(clock.ms, next)
      fireDue()
    },
    fireDue,
    drop(process) {
      timers = timers.filter((each) => each.process !== process)
    },
  }
}

function toNextAt(timers: readonly Timer[]): number {
  return Math.min(...timers.map(({ at }) => at))
}
