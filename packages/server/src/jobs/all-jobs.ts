import type { Delivery } from '../delivery/deliver.ts'
import type { JobDeps } from '../deps.ts'
import { everyMinute, type Job } from './cron.ts'
import { recoveryJobs } from './recovery-jobs.ts'

/** All periodic work of the server. */
export function createJobs(delivery: Delivery, deps: JobDeps): readonly Job[] {
  return [
    {
      name: 'sweep_events',
      cron: everyMinute,
      run: async () => {
        const swept = await delivery.sweep()
        return swept.ok ? { ...swept.value } : { reason: swept.failure.reason }
      },
    },
    ...recoveryJobs(deps),
  ]
}
