/** The simulated time, and the tasks that wait for a moment of it. */
export interface Clock {
  /** The present moment of the simulated time. */
  now(): Date
  /** The present moment as the provider writes it: whole UNIX seconds. */
  seconds(): number
  /** How many milliseconds it is ahead of real time; null for a still clock, which does not follow it. */
  aheadMs(): number | null
  /** Waits for running tasks, then moves time forward and runs to completion, in order, every task that falls due on the way. */
  advance(ms: number): Promise<void>
  /** Moves time to a moment; a moment in the past only turns the clock back and runs nothing. */
  set(at: Date): Promise<void>
  /** Runs a task once `delayMs` have passed on this clock; zero runs it at once. */
  after(delayMs: number, task: () => Promise<void>): void
  /** Resolves when no task is running any more; tasks that are not due yet are not waited for. */
  waitForIdle(): Promise<void>
  /** Drops every task that has not begun. */
  clear(): void
}

/** How a clock starts. */
export interface ClockOptions {
  /** A still clock: begins here and moves only by `advance` and `set`. Omitted: follows real time. */
  readonly at?: Date
  /** How many milliseconds a clock that follows real time is ahead of it. Default: 0. */
  readonly aheadMs?: number
}

interface PendingTask {
  readonly dueAtMs: number
  readonly task: () => Promise<void>
}

// A timer set for longer than this fires at once.
const maxTimerMs = 2 ** 31 - 1

/**
 * Makes the clock of a simulator.
 *
 * A clock that follows real time starts its own tasks; a still clock (`at` given) runs them while it
 * is advanced, each at the moment it fell due, so a chain of resends runs in one call.
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
  let offsetMs = startMs === undefined ? (options.aheadMs ?? 0) : 0
  const nowMs = () => base() + offsetMs
  const running = createRunningTasks()
  const pending = createPendingTasks(nowMs, startMs === undefined, running.start)

  const moveTo = (ms: number) => {
    offsetMs += ms - nowMs()
    pending.rearm()
  }

  /** `endOffset` is asked again and again: a moment of the simulated time comes closer by itself, a distance does not. */
  const moveForward = async (endOffset: () => number) => {
    // Running tasks may still plan others, and plan them from the time at which they began.
    await running.waitForIdle()
    const takeDue = () => pending.takeDue(base() + endOffset())
    for (let due = takeDue(); due !== undefined; due = takeDue()) {
      if (due.dueAtMs > nowMs()) moveTo(due.dueAtMs)
      running.start(due.task)
      await running.waitForIdle()
    }
    const end = endOffset()
    if (end <= offsetMs) return
    offsetMs = end
    pending.rearm()
  }

  return {
    now: () => new Date(nowMs()),
    seconds: () => Math.floor(nowMs() / 1000),
    aheadMs: () => (startMs === undefined ? offsetMs : null),
    async advance(ms) {
      const end = offsetMs + ms
      return moveForward(() => end)
    },
    set: async (at) => {
      if (at.getTime() >= nowMs()) return moveForward(() => at.getTime() - base())
      moveTo(at.getTime())
    },
    after: (delayMs, task) => {
      if (delayMs <= 0) running.start(task)
      else pending.add({ dueAtMs: nowMs() + delayMs, task })
    },
    waitForIdle: running.waitForIdle,
    clear: pending.clear,
  }
}

type Task = PendingTask['task']

function createRunningTasks() {
  const running = new Set<Promise<void>>()
  return {
    start: (task: Task): void => {
      const run = task().finally(() => running.delete(run))
      running.add(run)
    },
    waitForIdle: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** The tasks that are not due yet; under real time a timer starts them. */
function createPendingTasks(nowMs: () => number, isRealTime: boolean, start: (task: Task) => void) {
  const pending = new Set<PendingTask>()
  let timer: ReturnType<typeof setTimeout> | null = null

  const takeDue = (untilMs: number): PendingTask | undefined => {
    const due = nextDue(pending, untilMs)
    if (due !== undefined) pending.delete(due)
    return due
  }

  const startDueTasks = () => {
    for (let due = takeDue(nowMs()); due !== undefined; due = takeDue(nowMs())) start(due.task)
    rearm()
  }

  // One timer, for the next task that falls due; a still clock needs none.
  const rearm = () => {
    if (!isRealTime) return
    if (timer !== null) clearTimeout(timer)
    const next = nextDue(pending, Number.POSITIVE_INFINITY)
    const waitMs = Math.min(Math.max((next?.dueAtMs ?? 0) - nowMs(), 0), maxTimerMs)
    timer = next === undefined ? null : setTimeout(startDueTasks, waitMs)
  }

  return {
    takeDue,
    rearm,
    add: (task: PendingTask): void => {
      pending.add(task)
      rearm()
    },
    clear: (): void => {
      pending.clear()
      rearm()
    },
  }
}

function nextDue(pending: ReadonlySet<PendingTask>, untilMs: number): PendingTask | undefined {
  let first: PendingTask | undefined
  for (const task of pending) {
    const isEarlier = first === undefined || task.dueAtMs < first.dueAtMs
    if (task.dueAtMs <= untilMs && isEarlier) first = task
  }
  return first
}
