import type { Log, LogFields } from '../log.ts'

/** Periodic work. An error in it stops no other job. */
export interface Job {
  /** Names the job in the log. */
  readonly name: string
  /** When it runs, as a cron expression. All jobs of a server run every minute. */
  readonly cron: string
  /** Does the work and returns the fields of its log line `job_done`. */
  readonly run: () => Promise<LogFields>
}

/** The cron expression of every job of the server. */
export const everyMinute = '* * * * *'

/** Runs the jobs of one cron expression at the same time; none waits for another. */
export async function runJobs(jobs: readonly Job[], cron: string, log: Log): Promise<void> {
  await Promise.all(jobs.filter((job) => job.cron === cron).map((job) => runJob(job, log)))
}

async function runJob({ name, run }: Job, log: Log): Promise<void> {
  try {
    log('job_done', { job: name, ...(await run()) })
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error))
    log('job_failed', { job: name, error: cause.name, stack: cause.stack ?? null })
  }
}
