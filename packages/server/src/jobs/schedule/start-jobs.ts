import type { Sleep } from '../../timers.ts'
import { everyMinute } from './cron.ts'

/** What {@link startJobs} needs. */
export interface JobTimerOptions {
  /** Runs the jobs of one cron expression; that of a server never rejects. */
  readonly runJobs: (cron: string) => Promise<void>
  /** The clock. */
  readonly now: () => Date
  /** Every timer. */
  readonly sleep: Sleep
}

/** Jobs that run until they are stopped. */
export interface StartedJobs {
  /** Starts no further run, and resolves when the one that is under way has ended. */
  stop(): Promise<void>
}

const minuteMs = 60_000

/**
 * Runs the jobs of a server in this process at the beginning of every minute of the clock. A run that takes longer than
 * a minute is not overlapped: the next one begins at the minute after it. Any number of processes may do this on one database.
 *
 * @param options The server's `runJobs`, the clock and the timers.
 * @returns What stops them.
 *
 * @example
 * ```ts
 * import { sleepOnTimer, startJobs } from '@quayside/server'
 *
 * const runJobs = async (cron: string) => console.log(cron)
 * const jobs = startJobs({ runJobs, now: () => new Date(), sleep: sleepOnTimer })
 * await jobs.stop()
 * ```
 */
export function startJobs({ runJobs, now, sleep }: JobTimerOptions): StartedJobs {
  const stopping = new AbortController()
  const { signal } = stopping
  const minuteOf = (at: Date) => Math.floor(at.getTime() / minuteMs)
  const run = async (): Promise<void> => {
    let last = minuteOf(now())
    while (!signal.aborted) {
      await sleep(minuteMs - (now().getTime() % minuteMs), signal)
      const minute = minuteOf(now())
      // Timers may fire a little early.
      if (signal.aborted || minute === last) continue
      last = minute
      await runJobs(everyMinute)
    }
  }
  const ended = run()
  return {
    stop() {
      stopping.abort()
      return ended
    },
  }
}
