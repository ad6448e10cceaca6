/** The simulated world's time: read, moved and waited upon in one place. */
export interface Clock {
  /** The present moment of the simulated world. */
  now(): Date
  /** The present moment as the provider writes it: whole UNIX seconds. */
  seconds(): number
  /** Lets what is under way end, then moves time forward and finishes, in order, everything that fell due on the way. */
  advance(ms: number): Promise<void>
  /** Moves time to a moment; a moment in the past only turns the clock back and runs nothing. */
  set(at: Date): Promise<void>
  /** Runs a task once `delayMs` have passed on this clock; zero runs it at once. */
  after(delayMs: number, task: () => Promise<void>): void
  /** Resolves when no task is running any more; tasks that are not due yet are not waited for. */
  waitForIdle(): Promise<void>
  /** Forgets every task that has not begun. */
  clear(): void
}

/** How a clock starts. */
export interface ClockOptions {
  /** A still clock: begins here and moves only by `advance` and `set`. Omitted: follows real time. */
  readonly at?: Date
}

interface PendingTask {
  readonly dueAtMs: number
  readonly task: () => Promise<void>
}

// Timers that are asked to wait longer than this go off at once.
const maxTimerMs = 2 ** 31 - 1

/**
 * Makes a clock for a simulated world.
 *
 * A clock that follows real time wakes its own tasks; a still clock (`at` given) runs them while it
 * is advanced, each at the moment it fell due, so a chain of resends plays through in one call.
 *
 * @param options Where the clock starts.
 * @returns The clock.
 *
 * @example
 * ```ts
 * import { createClock } from '@quayside/simulator'
 *
 * const clock = createClock({ at: new Date('2026-01-01T00:00:00Z') })
 * await clock.advance(60_000)
 * console.log(clock.now().toISOString()) // 2026-01-01T00:01:00.000Z
 * ```
 */
export function createClock(options: ClockOptions = {}): Clock {
  const startMs = options.at?.getTime()
  const base = startMs === undefined ? () => Date.now() : () => startMs
  const pending = new Set<PendingTask>()
  const running = new Set<Promise<void>>()
  let offsetMs = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  const nowMs = () => base() + offsetMs
  const moveTo = (ms: number) => {
    offsetMs += ms - nowMs()
    rearmTimer()
  }

  const start = (task: () => Promise<void>) => {
    const run = task().finally(() => running.delete(run))
    running.add(run)
  }

  const nextDue = (untilMs: number): PendingTask | undefined => {
    let first: PendingTask | undefined
    for (const task of pending) {
      const isEarlier = first === undefined || task.dueAtMs < first.dueAtMs
      if (task.dueAtMs <= untilMs && isEarlier) first = task
    }
    return first
  }

  // One timer, for whatever is due next; a still clock needs none.
  const rearmTimer = () => {
    if (startMs !== undefined) return
    if (timer !== null) clearTimeout(timer)
    const next = nextDue(Number.POSITIVE_INFINITY)
    const waitMs = Math.min(Math.max((next?.dueAtMs ?? 0) - nowMs(), 0), maxTimerMs)
    timer = next === undefined ? null : setTimeout(runDueTasks, waitMs)
  }

  const runDueTasks = () => {
    for (let due = nextDue(nowMs()); due !== undefined; due = nextDue(nowMs())) {
      pending.delete(due)
      start(due.task)
    }
    rearmTimer()
  }

  const waitForIdle = async () => {
    while (running.size > 0) await Promise.all(running)
  }

  const moveForward = async (untilMs: number) => {
    // What is under way may yet make appointments, and makes them from the time it began in.
    await waitForIdle()
    for (let due = nextDue(untilMs); due !== undefined; due = nextDue(untilMs)) {
      pending.delete(due)
      if (due.dueAtMs > nowMs()) moveTo(due.dueAtMs)
      start(due.task)
      await waitForIdle()
    }
    if (untilMs > nowMs()) moveTo(untilMs)
  }

  const after = (delayMs: number, task: () => Promise<void>) => {
    if (delayMs <= 0) return start(task)
    pending.add({ dueAtMs: nowMs() + delayMs, task })
    rearmTimer()
  }

  return {
    now: () => new Date(nowMs()),
    seconds: () => Math.floor(nowMs() / 1000),
    advance: (ms) => moveForward(nowMs() + ms),
    set: async (at) => {
      if (at.getTime() >= nowMs()) return moveForward(at.getTime())
      moveTo(at.getTime())
    },
    after,
    waitForIdle,
    clear: () => {
      pending.clear()
      rearmTimer()
    },
  }
}
