import type { Exchange } from '@quayside/client'
import { createLog } from '@quayside/server'
import { parseDatabaseAddress } from '../../../apps/node/src/database/address.ts'
import { listen } from '../../../apps/node/src/server/http-server.ts'
import { createPaymentServer } from '../../../apps/node/src/server/payment-server.ts'
import { readSettings } from '../../../apps/node/src/settings/settings.ts'
import {
  createEventContexts,
  createRequestContext,
} from '../../../apps/node/src/telemetry/request-context.ts'

// An instance of the server as `quayside serve` composes it, whose minutes pass on request and whose clock may be ahead:
// what takes minutes is seen within seconds. Its settings are in the environment; it prints its URL when it is ready.

/** Runs the jobs of one minute. */
const jobsPath = '/_jobs'

const settings = readSettings(process.env)
if (!settings.ok) throw new TypeError(settings.failure.problems.join('; '))
const { database, host, port, maxConnections } = settings.value
const address = parseDatabaseAddress(database.url)
if (!address.ok) throw new TypeError('Cannot read DATABASE_URL')

const aheadMs = Number(process.env['CLOCK_AHEAD_MS'])
const now = (): Date => new Date(Date.now() + aheadMs)
const log = createLog((line) => process.stderr.write(`${line}\n`), now)
const telemetry = {
  log,
  observe: null,
  requests: createRequestContext(() => crypto.randomUUID()),
  events: createEventContexts(),
}
const exchange: Exchange = (request) => fetch(request.url, request)
const runtime = { fetch, exchange, now, random: Math.random, telemetry }
const server = await createPaymentServer(address.value, settings.value, runtime)
if (!server.ok) throw new Error('Cannot open the database', { cause: server.failure })
const paymentServer = server.value
const listening = await listen(
  async (request, peer) => {
    if (new URL(request.url).pathname !== jobsPath) return paymentServer.handle(request, peer)
    await paymentServer.runJobs()
    return new Response(null, { status: 204 })
  },
  { host, port, maxConnections },
)
if (!listening.ok) throw new Error('Cannot listen', { cause: listening.failure })
process.stdout.write(`http://${host}:${listening.value.port}\n`)
