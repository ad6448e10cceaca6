import { fail, ok, type Result } from '@quayside/core'
import { type Config, explainConfig, readConfig } from '@quayside/server'
import { type Proxies, readProxies } from './proxies.ts'
import { readTelemetrySettings, type TelemetrySettings } from './telemetry-settings.ts'
import { parseTrustedProxies, type TrustedProxies } from './trusted-proxies.ts'

/** How the database is reached. */
export interface DatabaseSettings {
  /** The address, which may contain a password. */
  readonly url: string
  readonly connections: number
  readonly connectMs: number
  readonly statementMs: number
  /** Whether connections to PostgreSQL keep their statements prepared. */
  readonly prepare: boolean
}

/** Everything that `quayside serve` is told. */
export interface Settings {
  /** The settings of the payment server. */
  readonly config: Config
  readonly database: DatabaseSettings
  /** Whether missing migrations are applied at the start on any database. */
  readonly migrate: boolean
  readonly host: string
  readonly port: number
  /** How many connections are open at most. */
  readonly maxConnections: number
  readonly trustedProxies: TrustedProxies
  /** How many requests to the completion routes an address may send per minute; 0 for no limit. */
  readonly rateLimit: number
  /** How long requests, jobs and deliveries may take to end when the server stops. */
  readonly stopMs: number
  readonly telemetry: TelemetrySettings
  readonly proxies: Proxies
}

/** What is wrong with the settings: a line for each. Names only, for a value may be a secret. */
export interface SettingsFailure {
  readonly reason: 'settings_invalid'
  readonly problems: readonly string[]
}

/** What stands in the environment or on the command line, by the names of the environment. */
export type Values = Readonly<Record<string, string | undefined>>

interface NumberSetting {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly otherwise: number
}

const numbers = {
  port: { name: 'PORT', least: 0, most: 65_535, otherwise: 8787 },
  connections: { name: 'DATABASE_CONNECTIONS', least: 1, most: 1000, otherwise: 10 },
  connectSeconds: { name: 'DATABASE_CONNECT_SECONDS', least: 1, most: 60, otherwise: 5 },
  statementSeconds: { name: 'DATABASE_STATEMENT_SECONDS', least: 1, most: 60, otherwise: 10 },
  maxConnections: { name: 'MAX_CONNECTIONS', least: 1, most: 100_000, otherwise: 1000 },
  rateLimit: { name: 'RATE_LIMIT', least: 0, most: 1_000_000, otherwise: 1000 },
  stopSeconds: { name: 'STOP_SECONDS', least: 0, most: 600, otherwise: 25 },
} as const satisfies Readonly<Record<string, NumberSetting>>

/** Reads what `quayside serve` needs. Fails with every problem at once. */
export function readSettings(values: Values): Result<Settings, SettingsFailure> {
  const config = readConfig(values)
  const database = readDatabaseSettings(values)
  const port = readNumber(values, numbers.port)
  const maxConnections = readNumber(values, numbers.maxConnections)
  const rateLimit = readNumber(values, numbers.rateLimit)
  const stopSeconds = readNumber(values, numbers.stopSeconds)
  const migrate = readSwitch(values, 'MIGRATE')
  const trustedProxies = readTrustedProxies(values)
  const telemetry = readTelemetrySettings(values)
  if (
    config.ok &&
    database.ok &&
    port.ok &&
    maxConnections.ok &&
    rateLimit.ok &&
    stopSeconds.ok &&
    migrate.ok &&
    trustedProxies.ok &&
    telemetry.value !== null
  ) {
    return ok({
      config: config.value,
      database: database.value,
      migrate: migrate.value,
      host: read(values, 'HOST') ?? '127.0.0.1',
      port: port.value,
      maxConnections: maxConnections.value,
      trustedProxies: trustedProxies.value,
      rateLimit: rateLimit.value,
      stopMs: stopSeconds.value * 1000,
      telemetry: telemetry.value,
      proxies: readProxies(values),
    })
  }
  const all = [database, port, maxConnections, rateLimit, stopSeconds, migrate, trustedProxies]
  const problems = config.ok ? [] : [explainConfig(config.failure)]
  return invalid(...problems, ...problemsOf(all), ...telemetry.problems)
}

/** Reads what commands need that use the database only. Fails with every problem at once. */
export function readDatabaseSettings(values: Values): Result<DatabaseSettings, SettingsFailure> {
  const connections = readNumber(values, numbers.connections)
  const connectSeconds = readNumber(values, numbers.connectSeconds)
  const statementSeconds = readNumber(values, numbers.statementSeconds)
  const prepare = readSwitch(values, 'DATABASE_PREPARE', 'true')
  if (connections.ok && connectSeconds.ok && statementSeconds.ok && prepare.ok) {
    return ok({
      url: read(values, 'DATABASE_URL') ?? './quayside.db',
      connections: connections.value,
      connectMs: connectSeconds.value * 1000,
      statementMs: statementSeconds.value * 1000,
      prepare: prepare.value,
    })
  }
  return invalid(...problemsOf([connections, connectSeconds, statementSeconds, prepare]))
}

function readNumber(
  values: Values,
  { name, least, most, otherwise }: NumberSetting,
): Result<number, SettingsFailure> {
  const text = read(values, name) ?? String(otherwise)
  const number = /^\d{1,9}$/.test(text) ? Number(text) : -1
  if (number >= least && number <= most) return ok(number)
  return invalid(`${name} must be a whole number from ${least} to ${most}`)
}

function readSwitch(
  values: Values,
  name: string,
  otherwise = 'false',
): Result<boolean, SettingsFailure> {
  const text = read(values, name) ?? otherwise
  return text === 'true' || text === 'false'
    ? ok(text === 'true')
    : invalid(`${name} must be true or false`)
}

function readTrustedProxies(values: Values): Result<TrustedProxies, SettingsFailure> {
  const trusted = parseTrustedProxies(read(values, 'TRUSTED_PROXIES'))
  return trusted === null
    ? invalid(
        'TRUSTED_PROXIES must be a number of proxies up to 10, or their addresses and networks',
      )
    : ok(trusted)
}

/** A variable that is set to nothing counts as not set. */
function read(values: Values, name: string): string | null {
  const text = values[name]?.trim() ?? ''
  return text === '' ? null : text
}

function invalid(...problems: string[]): Result<never, SettingsFailure> {
  return fail({ reason: 'settings_invalid', problems })
}

function problemsOf(results: readonly Result<unknown, SettingsFailure>[]): readonly string[] {
  return results.flatMap((result) => (result.ok ? [] : result.failure.problems))
}
