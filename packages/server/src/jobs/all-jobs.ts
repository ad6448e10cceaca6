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
      turn: 'last',
      share: { storeCalls: 4, requests: 3 },
      run: async (budget) => {
        const swept = await delivery.sweep(budget)
        return swept.ok ? { ...swept.value } : { failure: swept.failure.reason }
      },
    },
    ...recoveryJobs(deps),
  ]
}
