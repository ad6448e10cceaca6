import type { Delivery } from '../delivery/deliver.ts'
import type { RepairRooms } from '../deps.ts'
import { everyMinute, type Job } from './cron.ts'
import { repairJobs } from './recovery-jobs.ts'

/** What the worker does by the clock. */
export function createJobs(delivery: Delivery, rooms: RepairRooms): readonly Job[] {
  return [
    {
      name: 'sweep_events',
      cron: everyMinute,
      run: async () => {
        const swept = await delivery.sweep()
        return swept.ok ? { ...swept.value } : { reason: swept.failure.reason }
      },
    },
    ...repairJobs(rooms),
  ]
}
