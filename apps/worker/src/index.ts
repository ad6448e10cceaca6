import { env, waitUntil } from 'cloudflare:workers'
import type { MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { start } from './start.ts'

const worker = start(env, {
  fetch: (request) => fetch(request),
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  waitUntil,
  // oxlint-disable-next-line no-console -- the runtime's only way out for a log line
  write: (line) => console.log(line),
})

export default {
  fetch: (request: Request) => worker.app.fetch(request),
  scheduled: ({ cron }: ScheduledController) => worker.schedule(cron),
  queue: (batch: MessageBatch) => worker.consume(batch),
}
