import { everyMinute, type Job } from '../schedule.ts'
import { carryOutPolicies } from './carry.ts'
import { follow } from './follow.ts'
import { lookAtOpenOrders } from './look.ts'
import { reconcile } from './reconcile.ts'
import { resolveCancels } from './resolve.ts'
import { revokeAccounts } from './revoke.ts'
import type { RepairRooms } from './rooms.ts'

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
