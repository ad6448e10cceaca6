// The worker as apps/worker/src/index.ts starts it, except for its clock.
import { env, waitUntil } from 'cloudflare:workers'
import type { MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { sleepOnTimer } from '@quayside/server'
import { createWorker } from '../../../apps/worker/src/worker.ts'
import { followClock } from './followed-clock.ts'

const clock = followClock(String(Reflect.get(env, 'PROVIDER_URL')))
const worker = createWorker(env, {
  fetch: (request) => fetch(request),
  now: () => new Date(clock.now()),
  random: () => Math.random(),
  sleep: sleepOnTimer,
  waitUntil,
  write: (line) => console.log(line),
})

export default {
  async fetch(request: Request): Promise<Response> {
    await clock.refresh()
    return worker.app.fetch(request)
  },
  async scheduled({ cron }: ScheduledController): Promise<void> {
    await clock.refresh()
    await worker.runCron(cron)
  },
  async queue(batch: MessageBatch): Promise<void> {
    await clock.refresh()
    await worker.consume(batch)
  },
}
