import type { Delivery } from '../delivery/deliver.ts'
import type { JobDeps } from '../deps.ts'
import { noLimits, type RunLimits } from '../run-budget.ts'
import { everyMinute, type Job } from './cron.ts'
import { eraseVerifications } from './erase-verifications.ts'
import { recoveryJobs } from './recovery-jobs.ts'
import { runSubscriptions } from './run-subscriptions.ts'

/** All periodic work of the server. */
export function createJobs(
  delivery: Delivery,
  deps: JobDeps,
  limits: RunLimits = noLimits,
): readonly Job[] {
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
    {
      name: 'erase_verifications',
      cron: everyMinute,
      turn: 'in_turn',
      share: { storeCalls: 3, requests: 4 },
      run: (budget) => eraseVerifications(deps, budget),
    },
    {
      name: 'run_subscriptions',
      cron: everyMinute,
      turn: 'second',
      share: { storeCalls: 18, requests: 1 },
      run: (budget) => runSubscriptions(deps, budget, chargeConnections(limits)),
    },
  ]
}

/** Charges that are open at the same time where the runtime limits no connections: a card company takes seconds for one. */
const maxChargeConnections = 64

/** Elsewhere each job has one connection. */
function chargeConnections({ connections }: RunLimits): number {
  return Number.isFinite(connections) ? 1 : maxChargeConnections
}
