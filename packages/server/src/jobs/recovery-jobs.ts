import type { JobDeps } from '../deps.ts'
import { applyPolicies } from './apply-policies.ts'
import { everyMinute, type Job } from './cron.ts'
import { pollOpenOrders } from './poll-open-orders.ts'
import { pollPaymentList } from './poll-payment-lists.ts'
import { reconcile } from './reconcile.ts'
import { resolveCancels } from './resolve-cancels.ts'
import { revokeAccounts } from './revoke-accounts.ts'

/** The jobs that recover what was lost. Each finds its own work and may run several times at once. */
export function recoveryJobs(deps: JobDeps): readonly Job[] {
  return [
    { name: 'poll_paid_list', cron: everyMinute, run: () => pollPaymentList('paid', deps) },
    {
      name: 'poll_cancelled_list',
      cron: everyMinute,
      run: () => pollPaymentList('cancelled', deps),
    },
    {
      name: 'poll_open_orders',
      cron: everyMinute,
      run: async () => ({ ...(await pollOpenOrders(deps)) }),
    },
    { name: 'resolve_cancels', cron: everyMinute, run: () => resolveCancels(deps) },
    { name: 'revoke_accounts', cron: everyMinute, run: () => revokeAccounts(deps) },
    { name: 'apply_policies', cron: everyMinute, run: () => applyPolicies(deps) },
    { name: 'reconcile', cron: everyMinute, run: () => reconcile(deps) },
  ]
}
