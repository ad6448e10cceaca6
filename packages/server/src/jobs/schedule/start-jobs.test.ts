import { describe, expect, it } from 'vitest'
import { startJobs } from './start-jobs.ts'

/** A clock that a test moves; whoever sleeps wakes when it is moved that far. */
function createClock(time: string) {
  let at = new Date(`2026-11-22T${time}Z`).getTime()
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>()
  return {
    now: () => new Date(at),
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const sleeper = { until: at + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => resolve())
      }),
    async moveTo(next: string) {
      at = new Date(`2026-11-22T${next}Z`).getTime()
      for (const sleeper of sleepers) {
        if (sleeper.until > at) continue
        sleepers.delete(sleeper)
        sleeper.wake()
      }
      await new Promise((resolve) => setTimeout(resolve))
    },
    /** Wakes everybody, as a timer that fires early. */
    async wakeEarly() {
      for (const { wake } of sleepers) wake()
      sleepers.clear()
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

function start(time: string) {
  const clock = createClock(time)
  const runs: string[] = []
  const ends: (() => void)[] = []
  const jobs = startJobs({
    now: clock.now,
    sleep: clock.sleep,
    runJobs(cron) {
      runs.push(`${clock.now().toISOString().slice(11, 19)} ${cron}`)
      return new Promise((resolve) => ends.push(resolve))
    },
  })
  const endRun = async () => {
    ends.shift()?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { clock, runs, jobs, endRun }
}

describe('startJobs()', () => {
  it('runs the jobs at the beginning of each minute of the clock', async () => {
    const { clock, runs, endRun } = start('03:00:20')
    await clock.moveTo('03:00:59')
    expect(runs).toEqual([])
    await clock.moveTo('03:01:00')
    await endRun()
    await clock.moveTo('03:02:00')
    expect(runs).toEqual(['03:01:00 * * * * *', '03:02:00 * * * * *'])
  })

  it('does not overlap a run that takes longer than a minute', async () => {
    const { clock, runs, endRun } = start('03:00:20')
    await clock.moveTo('03:01:00')
    await clock.moveTo('03:02:00')
    await clock.moveTo('03:03:30')
    expect(runs).toEqual(['03:01:00 * * * * *'])
    await endRun()
    await clock.moveTo('03:04:00')
    expect(runs).toEqual(['03:01:00 * * * * *', '03:04:00 * * * * *'])
  })

  it('runs them once in a minute when a timer fires early', async () => {
    const { clock, runs, endRun } = start('03:00:59.999')
    await clock.wakeEarly()
    expect(runs).toEqual([])
    await clock.moveTo('03:01:00.000')
    await endRun()
    await clock.moveTo('03:01:59.999')
    await clock.wakeEarly()
    expect(runs).toEqual(['03:01:00 * * * * *'])
  })

  it('stops at once between two runs, and after the run that is under way', async () => {
    const idle = start('03:00:20')
    await idle.jobs.stop()
    await idle.clock.moveTo('03:01:00')
    expect(idle.runs).toEqual([])

    const busy = start('03:00:20')
    await busy.clock.moveTo('03:01:00')
    let isStopped = false
    const stopped = busy.jobs.stop().then(() => {
      isStopped = true
    })
    await busy.clock.moveTo('03:02:00')
    expect(isStopped).toBe(false)
    await busy.endRun()
    await stopped
    expect(busy.runs).toEqual(['03:01:00 * * * * *'])
  })
})
