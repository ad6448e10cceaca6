import type { Command } from 'commander'
import type { Values } from './settings.ts'

/** The flags of the commands that use the database, by commander's names. */
export interface DatabaseFlags {
  readonly settings?: string
  readonly database?: string
}

/** The flags of `quayside serve`. */
export interface ServeFlags extends DatabaseFlags {
  readonly host?: string
  readonly port?: string
  readonly migrate?: true
  readonly trustedProxies?: string
  readonly metricsPort?: string
}

const environment = `Settings in the environment, or in the file of --settings:
  MODE                        live or test
  IMP_KEY, IMP_SECRET         REST API key and secret of V1
  MERCHANT_API_KEY            key of your server, 16 characters or more
  ORDER_TOKEN_SECRET          derives the tokens of buyers, 16 characters or more
  SHOP_ORIGINS                origins of your pages, separated by commas
  RESULT_PAGES                base URL of your result pages
  EVENT_URL, EVENT_SECRETS    where events are sent, and what signs them: whsec_…
and if the default does not fit:
  DATABASE_CONNECTIONS        10
  DATABASE_CONNECT_SECONDS    5
  DATABASE_STATEMENT_SECONDS  10
  DATABASE_PREPARE            true; false behind a pooler without prepared statements
  MAX_CONNECTIONS             1000
  RATE_LIMIT                  1000 requests of an address in a minute; 0: no limit
  STOP_SECONDS                25
  LOG_LEVEL                   info; or debug, warn, error
  METRICS_HOST, METRICS_TOKEN 127.0.0.1; a token for any other address
  CONFIRM_URL                 asked before a payment is approved
  PUBLIC_URL, USER_CODE, ORDER_TOKEN_DAYS, VBANK_GRACE_HOURS, RETENTION_DAYS, PROVIDER_URL
  PERSON_KEY_SECRET           for identity verifications that tell people apart: it never changes

Exit codes: 0 stopped, 1 unexpected error, 2 settings, 3 database, 4 address to listen on.`

/** Adds the flags that every command with a database has. */
export function addDatabaseFlags(command: Command): Command {
  return (
    command
      // Not --env-file: that Node takes for itself wherever it stands, and ends when the file is missing.
      .option(
        '--settings <file>',
        'read settings from a file of NAME=value lines; the environment wins',
      )
      .option(
        '--database <address>',
        'SQLite file, or postgres://… or mysql://… (DATABASE_URL; default: ./quayside.db)',
      )
  )
}

/** Adds the flags of `quayside serve`. */
export function addServeFlags(command: Command): Command {
  return addDatabaseFlags(command)
    .option('--host <name>', 'address to listen on (HOST; default: 127.0.0.1)')
    .option('--port <number>', 'port to listen on (PORT; default: 8787)')
    .option('--metrics-port <number>', 'port of the metrics (METRICS_PORT; default: none)')
    .option('--migrate', 'apply missing migrations at the start (MIGRATE=true)')
    .option(
      '--trusted-proxies <list>',
      'number of proxies, or their addresses and networks (TRUSTED_PROXIES)',
    )
    .addHelpText('after', `\n${environment}`)
}

/** The environment with the flags over it. */
export function withFlags(env: Values, flags: ServeFlags): Values {
  const { database, host, port, migrate, trustedProxies, metricsPort } = flags
  return {
    ...env,
    ...(database === undefined ? {} : { DATABASE_URL: database }),
    ...(host === undefined ? {} : { HOST: host }),
    ...(port === undefined ? {} : { PORT: port }),
    ...(metricsPort === undefined ? {} : { METRICS_PORT: metricsPort }),
    ...(migrate === undefined ? {} : { MIGRATE: 'true' }),
    ...(trustedProxies === undefined ? {} : { TRUSTED_PROXIES: trustedProxies }),
  }
}
