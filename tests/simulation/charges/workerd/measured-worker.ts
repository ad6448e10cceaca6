import { type Env, env } from 'cloudflare:workers'
import type { MessageBatch, ScheduledController } from '@cloudflare/workers-types'
import { createWorker } from '../../../../apps/worker/src/worker.ts'
import { createMetered } from '../../../../apps/worker/test/fixtures/metered-database.ts'
import { sleepWithoutTimeouts } from '../../../../packages/server/test/timers.ts'
import { eventUrl } from '../../worker/settings.ts'
import { createApprovingProvider } from '../approving-provider.ts'
import { createMeasure, type InvocationKind, type Measured } from './measure.ts'

// The worker as apps/worker/src/index.ts starts it, with another one in each invocation, as if each had an isolate of its own, and a
// recorder of what it does. Provider and receiver are in the same process: nothing of them is measured.

/** Subscriptions are created with a trial until 10 in the morning after the next day at the latest, and charged as if it were over. */
const trialMs = 50 * 3_600_000

const measure = createMeasure()
let asked = 0
const provider = createApprovingProvider()
const providerMs = Number(Reflect.get(env, 'PROVIDER_MS'))

async function askProvider(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const answer = provider.answer({ pathname, body: await request.text(), now: new Date() })
  if (providerMs > 0) await new Promise((resolve) => setTimeout(resolve, providerMs))
  return Response.json(answer)
}

async function invoke(
  kind: InvocationKind,
  work: (worker: ReturnType<typeof createWorker>) => Promise<void>,
): Promise<void> {
  const { db, meter } = createMetered(env.DB)
  const background: Promise<unknown>[] = []
  let charges = 0
  let requests = 0
  const worker = createWorker(
    { ...env, DB: db, CHARGES: countMessages(env.CHARGES) },
    {
      async fetch(request) {
        requests += 1
        if (request.url === eventUrl) return new Response(null, { status: 204 })
        if (request.url.endsWith('/subscribe/payments/again')) charges += 1
        return askProvider(request)
      },
      now: () => new Date(Date.now() + trialMs),
      random: () => Math.random(),
      sleep: sleepWithoutTimeouts,
      waitUntil: (promise) => void background.push(promise),
      write: () => undefined,
    },
  )
  const startedAt = Date.now()
  await work(worker)
  await Promise.all(background)
  measure.add(kind, { ...meter, charges, requests, ms: Date.now() - startedAt })
}

function countMessages(queue: Env['CHARGES']): Env['CHARGES'] {
  if (queue === undefined) return undefined
  return {
    async sendBatch(messages, options) {
      const all = [...messages]
      asked += all.length
      return queue.sendBatch(all, options)
    },
  }
}

export default {
  async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname === '/measured') {
      const measured: Measured = { asked, totals: measure.totals(), charged: provider.charged() }
      return Response.json(measured)
    }
    const { app } = createWorker(env, {
      fetch: askProvider,
      now: () => new Date(),
      random: () => Math.random(),
      sleep: sleepWithoutTimeouts,
      waitUntil: () => undefined,
      write: () => undefined,
    })
    return app.fetch(request)
  },
  scheduled: ({ cron }: ScheduledController) => invoke('jobs', ({ runCron }) => runCron(cron)),
  queue: (batch: MessageBatch) => invoke('charges', ({ consume }) => consume(batch)),
}
