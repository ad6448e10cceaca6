import type { Delivery } from '../delivery/deliver.ts'
import type { JobDeps } from '../deps.ts'
import { noLimits, type RunLimits } from '../run-budget.ts'
import { recoveryJobs } from './recovery-jobs.ts'
import { eraseVerifications } from './retention/erase-verifications.ts'
import { everyMinute, type Job } from './schedule/cron.ts'
import { runSubscriptions } from './subscriptions/run-subscriptions.ts'
import { type ChargeRuns, spreadCharges } from './subscriptions/spread-charges.ts'

/**
 * All periodic work of the server.
 *
 * @param enqueueCharges Asks for runs of {@link createChargeJob} in invocations of their own; null where there are none.
 */
export function createJobs(
  delivery: Delivery,
  deps: JobDeps,
  limits: RunLimits = noLimits,
  enqueueCharges: ChargeRuns['enqueue'] | null = null,
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
      share: { storeCalls: 18, requests: 6 },
      async run(budget) {
        const spread =
          enqueueCharges === null
            ? {}
            : await spreadCharges(deps, budget, { limits, enqueue: enqueueCharges })
        // Where the limits are those of an invocation, each job of it has one connection.
        const concurrency = Number.isFinite(limits.connections) ? 1 : maxChargeConnections
        return { ...spread, ...(await runSubscriptions(deps, budget, concurrency)) }
      },
    },
  ]
}

/** Charges subscriptions that are due in an invocation that does nothing else, with all of its limits. */
export function createChargeJob(deps: JobDeps, limits: RunLimits = noLimits): Job {
  const { storeCalls, requests, connections } = limits
  // One is left for what is sent beside the charges, such as the ids of their events.
  const concurrency = Math.max(1, Math.min(maxChargeConnections, connections - 1))
  return {
    name: 'charge_due',
    cron: everyMinute,
    turn: 'always',
    share: { storeCalls, requests },
    run: (budget) => runSubscriptions(deps, budget, concurrency),
  }
}

/** Charges that are open at the same time where the runtime limits no connections: a card company takes seconds for one. */
const maxChargeConnections = 64
