import type { Env } from 'cloudflare:workers'
import { createClient, type Fetch } from '@quayside/client'
import type { Hono } from 'hono'
import { createApp, createRefusal } from './app.ts'
import { readConfig } from './config.ts'
import { createLog } from './log.ts'
import { createD1Store } from './store/d1.ts'

/** What the worker reaches outside of itself. */
export interface Outside {
  readonly fetch: Fetch
  readonly now: () => Date
  /** Takes one finished line of the log. */
  readonly write: (line: string) => void
}

/** Turns the worker's settings into its app, or into one that only says which setting is missing. */
export function start(env: Env, { fetch, now, write }: Outside): Hono {
  const log = createLog(write, now)
  const config = readConfig({ ...env })
  if (!config.ok) return createRefusal(config.failure, log)
  const { impKey: key, impSecret: secret, providerUrl: baseUrl } = config.value
  const client = createClient({ key, secret, baseUrl, fetch, now: () => now().getTime() })
  return createApp({ config: config.value, client, log, store: createD1Store(env.DB, now) })
}
