import { describeCause, type Log, type LogFields } from '../../log.ts'
import type { Observe } from '../../observe.ts'
import {
  type Budget,
  type Cost,
  createRunBudget,
  deliveryConnections,
  noLimits,
  type RunLimits,
  type Share,
} from '../../run-budget.ts'

/** Periodic work. An error in it stops no other job. */
export interface Job {
  /** Names the job in the log. */
  readonly name: string
  /** When it runs, as a cron expression. All jobs of a server run every minute. */
  readonly cron: string
  /**
   * When limits do not allow every job in one run: `always` in each; `second` at least in every second one; `in_turn` at
   * least in one of the next runs; `last`: beside the others with a part of the limits, and after them with what they left.
   */
  readonly turn: 'always' | 'second' | 'in_turn' | 'last'
  /** What it is guaranteed in a run: enough for one unit of its work. */
  readonly share: Cost
  /** Does as much of the work as fits the budget, and returns the fields of its log line `job_done`. */
  readonly run: (budget: Budget) => Promise<LogFields>
}

/** What a run of jobs depends on. */
export interface RunOptions {
  readonly limits: RunLimits
  readonly now: () => Date
  /** Runs around each job; null when nobody observes. */
  readonly observe?: Observe | null
}

/** The cron expression of every job of the server. */
export const everyMinute = '* * * * *'

const minuteMs = 60_000
/** The part of what nobody reserved that a job of the turn `last` has beside the others. */
const partOfLast = 0.15

/**
 * Runs the jobs of one cron expression at the same time, within the limits that they share. With unlimited
 * connections none waits for another. Jobs that do not fit run when the others have left enough, or in one of the next runs,
 * each in its turn.
 */
export async function runJobs(
  jobs: readonly Job[],
  cron: string,
  log: Log,
  { limits, now, observe = null }: RunOptions = { limits: noLimits, now: () => new Date() },
): Promise<void> {
  const budget = createRunBudget(limits, now)
  const waiting: Job[] = []
  const reserve = (job: Job): readonly Reserved[] => {
    const share = budget.reserve(job.share)
    if (share === null) waiting.push(job)
    return share === null ? [] : [{ job, share }]
  }
  /** What the others left over may be enough for a job that did not fit. */
  const reserveWaiting = (): Reserved | null => {
    for (const job of waiting) {
      const share = budget.reserve(job.share)
      if (share === null) continue
      waiting.splice(waiting.indexOf(job), 1)
      return { job, share }
    }
    return null
  }
  const due = jobs.filter((job) => job.cron === cron)
  const ofTurn = (turn: Job['turn']) => due.filter((job) => job.turn === turn)
  const minute = Math.floor(now().getTime() / minuteMs)
  const last = ofTurn('last').flatMap(reserve)
  const second = ofTurn('second')
  // The others are first in every second minute only, and each of them must get there.
  const inTurn = rotate(ofTurn('in_turn'), second.length === 0 ? minute : Math.floor(minute / 2))
  const rest = minute % 2 === 0 ? [...second, ...inTurn] : [...inTurn, ...second]
  const others = [...ofTurn('always'), ...rest].flatMap(reserve)
  const run = (each: Reserved) => runJob(each, log, observe)
  const concurrency = Math.max(1, limits.connections - deliveryConnections(limits))
  const othersDone = runConcurrently(others, reserveWaiting, concurrency, run)
  for (const { share } of last) share.beside(partOfLast, othersDone)
  await Promise.all([othersDone, ...last.map(run)])
}

interface Reserved {
  readonly job: Job
  readonly share: Share
}

/** Runs so many jobs at the same time, and then those for which enough is left. */
async function runConcurrently(
  reserved: readonly Reserved[],
  reserveWaiting: () => Reserved | null,
  concurrency: number,
  run: (each: Reserved) => Promise<void>,
): Promise<void> {
  const queue = reserved.values()
  const runNext = async (): Promise<void> => {
    for (const each of queue) await run(each)
    for (let next = reserveWaiting(); next !== null; next = reserveWaiting()) {
      await run(next)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, reserved.length) }, runNext))
}

async function runJob(
  { job: { name, run }, share }: Reserved,
  log: Log,
  observe: Observe | null,
): Promise<void> {
  try {
    const work = () => run(share)
    const fields =
      observe === null ? await work() : await observe({ kind: 'job', name }, work, outcomeOfJob)
    log('job_done', { job: name, ...fields })
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error))
    log('job_failed', {
      job: name,
      error: cause.name,
      cause: describeCause(error),
      stack: cause.stack ?? null,
    })
  } finally {
    share.end()
  }
}

/** A job that could not finish says why in its field `failure`. */
function outcomeOfJob({ failure }: LogFields): string {
  return typeof failure === 'string' ? failure : 'ok'
}

/** The same jobs, beginning with another one in each turn. */
function rotate(jobs: readonly Job[], turn: number): readonly Job[] {
  const first = jobs.length === 0 ? 0 : turn % jobs.length
  return [...jobs.slice(first), ...jobs.slice(0, first)]
}
