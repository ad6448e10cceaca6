import type { Log, LogFields } from '../log.ts'

/** Something to do again and again. What it throws stops nothing but itself. */
export interface Job {
  readonly name: string
  /** One of the `crons` in wrangler.toml. */
  readonly cron: string
  /** Gives what the log is to say of it. */
  readonly run: () => Promise<LogFields>
}

export const everyMinute = '* * * * *'

/** Runs the jobs of one cron trigger beside each other, none of them in another's way. */
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
