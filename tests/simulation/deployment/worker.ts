import { env, waitUntil } from 'cloudflare:workers'
import type { MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { createWorker } from '../../../apps/worker/src/worker.ts'
import { sleepWithoutTimeouts } from '../../../packages/server/test/timers.ts'

// The worker as apps/worker/src/index.ts starts it, except for its timeouts: nothing hangs here, and a call
// that other load on the machine slows down must not look like an outage of the provider.

const worker = createWorker(env, {
  fetch: (request) => fetch(request),
  now: () => new Date(),
  random: () => Math.random(),
  sleep: sleepWithoutTimeouts,
  waitUntil,
  write: () => undefined,
})

export default {
  fetch: (request: Request) => worker.app.fetch(request),
  scheduled: ({ cron }: ScheduledController) => worker.runCron(cron),
  queue: (batch: MessageBatch) => worker.consume(batch),
}
