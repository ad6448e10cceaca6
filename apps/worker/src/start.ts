import type { Env } from 'cloudflare:workers'
import { createClient, type Fetch } from '@quayside/client'
import type { Hono } from 'hono'
import { createApp, createRefusal } from './app.ts'
import { readConfig } from './config.ts'
import { createGate } from './gate/gate.ts'
import { createLog } from './log.ts'
import { createBooks } from './store/books.ts'
import { createD1Store } from './store/d1.ts'

/** What the worker reaches outside of itself. */
export interface Outside {
  readonly fetch: Fetch
  readonly now: () => Date
  readonly sleep: (ms: number) => Promise<void>
  /** Takes one finished line of the log. */
  readonly write: (line: string) => void
}

/** Turns the worker's settings into its app, or into one that only says which setting is missing. */
export function start(env: Env, { fetch, now, sleep, write }: Outside): Hono {
  const log = createLog(write, now)
  const config = readConfig({ ...env })
  if (!config.ok) return createRefusal(config.failure, log)
  const { impKey: key, impSecret: secret, providerUrl: baseUrl } = config.value
  const nowMs = () => now().getTime()
  return createApp({
    config: config.value,
    client: createClient({ key, secret, baseUrl, fetch, now: nowMs }),
    store: createD1Store(env.DB, now),
    books: createBooks(env.DB, now),
    gate: createGate({ now: nowMs, sleep }),
    limiter: env.DOOR_LIMIT ?? null,
    log,
    now,
    sleep,
  })
}
