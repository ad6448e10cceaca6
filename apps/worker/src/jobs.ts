import type { Delivery } from './delivery/deliver.ts'
import { repairJobs } from './repair/jobs.ts'
import type { RepairRooms } from './repair/rooms.ts'
import { everyMinute, type Job } from './schedule.ts'

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
