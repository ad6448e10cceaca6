import { fail, type Language, ok, type Result } from '@quayside/core'
import { type Config, createServer, type Log, sleepOnTimer } from '@quayside/server'
import type { DatabaseAddress } from '../database/address.ts'
import type { DatabaseFailure } from '../database/failure.ts'
import { openDatabase } from '../database/open.ts'
import type { DatabaseSettings } from '../settings/settings.ts'
import type { Transport } from '../transport/keep-alive.ts'
import { createCalls, type MerchantApi } from './merchant-api.ts'

/** What a merchant API in this process needs. */
export interface LocalOptions {
  readonly config: Config
  readonly address: DatabaseAddress
  readonly database: DatabaseSettings
  readonly language: Language
  /** Sends requests to the provider and to the merchant's event receiver; closed with the API. */
  readonly transport: Transport
  readonly now: () => Date
  readonly log: Log
}

/**
 * Makes the merchant API on the database of the settings, whether or not a server runs on it: the same routes decide. It
 * runs no jobs.
 */
export async function openLocalApi(
  options: LocalOptions,
): Promise<Result<MerchantApi, DatabaseFailure>> {
  const { config, address, language, transport, now, log } = options
  const enqueueEvent = () => undefined
  const opened = await openDatabase(address, {
    ...options.database,
    now,
    log,
    enqueueEvent,
    creates: false,
  })
  if (!opened.ok) return opened
  const database = opened.value
  const checked = await database.check()
  if (!checked.ok) {
    await database.close()
    return fail(checked.failure)
  }
  const server = createServer({
    config,
    store: database.store,
    fetch: transport.fetch,
    exchange: transport.exchange,
    now,
    random: Math.random,
    sleep: sleepOnTimer,
    log,
  })
  const calls = createCalls({
    baseUrl: 'http://localhost',
    key: config.merchantApiKeys[0] ?? '',
    language,
    send: async (request) => server.app.fetch(request),
  })
  return ok({
    ...calls,
    async deliver(eventId) {
      const delivered = await server.delivery.deliver(eventId)
      return delivered.ok ? delivered.value.kind : 'unknown'
    },
    async close() {
      await Promise.all([database.close(), transport.close()])
    },
  })
}
