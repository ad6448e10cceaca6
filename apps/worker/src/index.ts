import { env, waitUntil } from 'cloudflare:workers'
import type { MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { sleepOnTimer } from '@quayside/server'
import { createWorker } from './worker.ts'

const worker = createWorker(env, {
  fetch: (request) => fetch(request),
  now: () => new Date(),
  random: () => Math.random(),
  sleep: sleepOnTimer,
  waitUntil,
  // oxlint-disable-next-line no-console -- the runtime's only output for a log line
  write: (line) => console.log(line),
})

export default {
  fetch: (request: Request) => worker.app.fetch(request),
  scheduled: ({ cron }: ScheduledController) => worker.runCron(cron),
  queue: (batch: MessageBatch) => worker.consume(batch),
}
