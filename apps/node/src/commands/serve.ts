import { randomUUID } from 'node:crypto'
import { describeCause } from '@quayside/server'
import { type DatabaseAddress, describeAddress, parseDatabaseAddress } from '../database/address.ts'
import type { Database } from '../database/database.ts'
import { type HttpServer, listen } from '../server/http-server.ts'
import { createPaymentServer, type PaymentServer } from '../server/payment-server.ts'
import { readSettings, type Values } from '../settings/settings.ts'
import { startTelemetry, type Telemetry } from '../telemetry/telemetry.ts'
import { createTransport } from '../transport/keep-alive.ts'
import { exitCodes } from './exit-codes.ts'
import { endOnBugs, whenSignalled } from './process-events.ts'
import { reportDatabase, reportListen, reportMigrations, reportSettings, say } from './report.ts'

/** The kinds of databases by their names in OpenTelemetry. */
const databaseSystems = { sqlite: 'sqlite', postgres: 'postgresql', mysql: 'mysql' } as const

/** Serves until a signal stops it. Returns the exit code. */
export async function serve(values: Values): Promise<number> {
  const settings = readSettings(values)
  if (!settings.ok) return reportSettings(settings.failure)
  const { config, host, port, stopMs } = settings.value
  const address = parseDatabaseAddress(settings.value.database.url)
  if (!address.ok) return reportDatabase(address.failure, null)

  const now = () => new Date()
  const telemetry = await startTelemetry(settings.value.telemetry, {
    config,
    databaseSystem: databaseSystems[address.value.kind],
    now,
    seconds: () => performance.now() / 1000,
    newId: randomUUID,
  })
  const { log } = telemetry
  endOnBugs(log, telemetry.flush)
  const transport = createTransport(settings.value.proxies)
  const fetch = telemetry.passOn(transport.fetch)
  const runtime = { fetch, exchange: transport.exchange, now, random: Math.random, telemetry }
  const made = await createPaymentServer(address.value, settings.value, runtime)
  if (!made.ok) return reportDatabase(made.failure, address.value)
  const server = made.value
  const refusal = await migrateAtStart(server.database, address.value, settings.value.migrate)
  if (refusal !== null) {
    await server.database.close()
    return refusal
  }

  const metrics = await telemetry.serveMetrics(server.database.store)
  if (!metrics.ok) {
    say(`Cannot serve metrics: ${describeCause(metrics.failure.cause)}`)
    await server.database.close()
    return exitCodes.address
  }
  const signalled = whenSignalled()
  const http = await listen(server.handle, settings.value)
  if (!http.ok) {
    await telemetry.stop()
    await server.database.close()
    return reportListen(http.failure, host, port)
  }
  server.start()
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${http.value.port}`
  say(`quayside listens on ${url}, ${describeAddress(address.value)}, mode ${config.mode}`)
  log('started', {
    url,
    mode: config.mode,
    database: address.value.kind,
    metricsPort: metrics.value,
  })

  log('stopping', { signal: await signalled, seconds: stopMs / 1000 })
  await stop(http.value, server, stopMs, telemetry)
  return exitCodes.done
}

/**
 * A SQLite file belongs to this program, which brings it to its version. The database of a server may be that of older
 * instances, which still run: it is migrated when that is asked for.
 *
 * @returns The exit code; null when the database can be used.
 */
async function migrateAtStart(
  database: Database,
  address: DatabaseAddress,
  isWanted: boolean,
): Promise<number | null> {
  const checked = await database.check()
  if (checked.ok) return null
  const isMissing = checked.failure.reason === 'migrations_missing'
  if (!isMissing || !(isWanted || database.handle.kind === 'sqlite')) {
    return reportDatabase(checked.failure, address)
  }
  const migrated = await database.migrate()
  if (!migrated.ok) return reportDatabase(migrated.failure, address)
  reportMigrations(migrated.value, address)
  return null
}

const closeMs = 2_000

/** What has not ended in time is cut: jobs and deliveries have leases, after which another instance continues. */
async function stop(
  http: HttpServer,
  server: PaymentServer,
  ms: number,
  telemetry: Telemetry,
): Promise<void> {
  const worked = server.stop().then(() => true)
  const late = new Promise<false>((resolve) => {
    setTimeout(resolve, ms, false).unref()
  })
  const [requestsCut, hasEnded] = await Promise.all([http.stop(ms), Promise.race([worked, late])])
  const closed = server.database.close().then(() => true)
  const closedLate = new Promise<false>((resolve) => {
    setTimeout(resolve, closeMs, false).unref()
  })
  const isClosed = await Promise.race([closed, closedLate])
  telemetry.log('stopped', { requestsCut, workCut: !hasEnded, databaseClosed: isClosed })
  await telemetry.stop()
  await telemetry.flush()
  // What was cut may still hold timers and sockets.
  setTimeout(() => process.exit(), 100).unref()
}
