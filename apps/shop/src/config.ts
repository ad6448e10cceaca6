import { z } from 'zod'

/** The settings of the storefront, independent of where it runs. */
export interface ShopConfig {
  /** The payment server, without a trailing slash: `http://localhost:8787`. */
  readonly workerUrl: string
  /** Where `/v1/iamport.js` is loaded from, without a trailing slash. */
  readonly simulatorUrl: string
  /** The merchant API key. It stays on the server. */
  readonly merchantKey: string
  /** The merchant code given to `IMP.init`. */
  readonly userCode: string
  /** The secret with which the payment server signs its events. It stays on the server. */
  readonly eventSecret: string
}

/** Where the shop's server listens. */
export interface ListenAddress {
  readonly port: number
  readonly host: string
}

/** Settings that are missing or invalid: one sentence each, naming flag and variable. */
export interface ConfigFailure {
  readonly reason: 'settings_refused'
  readonly problems: readonly string[]
}

/** The name of each setting on the command line and in the environment. */
export const settings = {
  workerUrl: { flag: '--worker-url', env: 'SHOP_WORKER_URL' },
  simulatorUrl: { flag: '--simulator-url', env: 'SHOP_SIMULATOR_URL' },
  merchantKey: { flag: '--merchant-key', env: 'SHOP_MERCHANT_KEY' },
  userCode: { flag: '--user-code', env: 'SHOP_USER_CODE' },
  eventSecret: { flag: '--event-secret', env: 'SHOP_EVENT_SECRET' },
  port: { flag: '--port', env: 'SHOP_PORT' },
  host: { flag: '--host', env: 'SHOP_HOST' },
} as const

const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((url) => url.replace(/\/+$/, ''))

const schema = z.object({
  workerUrl: baseUrl,
  simulatorUrl: baseUrl,
  merchantKey: z.string().regex(/^\S+$/, 'must be a key without spaces'),
  userCode: z.string().regex(/^imp\d+$/, 'must look like imp00000000'),
  eventSecret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must look like whsec_…'),
  port: z.coerce.number('must be a port').int('must be a port').min(0).max(65_535),
  // The demo holds a merchant key, so listening on the network must be set explicitly.
  host: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a name or an address')
    .default('127.0.0.1'),
})

/** Reads flags and environment. Only the host has a default here; a missing setting is a failure. */
export function readConfig(
  given: Readonly<Record<string, unknown>>,
):
  | { readonly ok: true; readonly value: ShopConfig & ListenAddress }
  | { readonly ok: false; readonly failure: ConfigFailure } {
  const read = schema.safeParse(given)
  if (read.success) return { ok: true, value: read.data }
  const problems = read.error.issues.map((issue) => {
    const name = String(issue.path[0])
    const setting = Object.entries(settings).find(([key]) => key === name)?.[1]
    const missing = given[name] === undefined || given[name] === ''
    return `${setting?.flag ?? name} (${setting?.env ?? name}) ${missing ? 'is missing' : issue.message}`
  })
  return { ok: false, failure: { reason: 'settings_refused', problems } }
}
