import type { Exchange } from '@quayside/client'
import { createServer, readConfig, sleepOnTimer } from '@quayside/server'
import type { Hono } from 'hono'
import type { BenchDatabase } from '../node/databases.ts'
import { toSettings } from '../settings.ts'

/** The routes of our server on a database of the benchmark, without a log. */
export function createOurs(
  { store }: BenchDatabase,
  exchange: Exchange,
  providerUrl: string,
): Hono {
  const config = readConfig(toSettings(providerUrl))
  if (!config.ok) throw new TypeError('The settings are malformed', { cause: config.failure })
  const timers = { now: () => new Date(), random: Math.random, sleep: sleepOnTimer }
  const log = () => undefined
  return createServer({ config: config.value, store, fetch, exchange, log, ...timers }).app
}
