import type { RepairRooms } from '../deps.ts'
import { carryOutPolicies } from './apply-policies.ts'
import { everyMinute, type Job } from './cron.ts'
import { lookAtOpenOrders } from './poll-open-orders.ts'
import { follow } from './poll-payment-lists.ts'
import { reconcile } from './reconcile.ts'
import { resolveCancels } from './resolve-cancels.ts'
import { revokeAccounts } from './revoke-accounts.ts'

/** What repairs itself, whatever was lost. Each finds its own work and may run beside itself. */
export function repairJobs(rooms: RepairRooms): readonly Job[] {
  return [
    { name: 'follow_paid', cron: everyMinute, run: () => follow('paid', rooms) },
    { name: 'follow_cancelled', cron: everyMinute, run: () => follow('cancelled', rooms) },
    {
      name: 'look_at_open_orders',
      cron: everyMinute,
      run: async () => ({ ...(await lookAtOpenOrders(rooms)) }),
    },
    { name: 'resolve_cancels', cron: everyMinute, run: () => resolveCancels(rooms) },
    { name: 'revoke_accounts', cron: everyMinute, run: () => revokeAccounts(rooms) },
    { name: 'carry_out_policies', cron: everyMinute, run: () => carryOutPolicies(rooms) },
    { name: 'reconcile', cron: everyMinute, run: () => reconcile(rooms) },
  ]
}
