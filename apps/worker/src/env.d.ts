// Declared here instead of using the global types of Workers: those redefine every web standard, and the
// packages that are compiled with this app use the types of the standard itself.

declare module 'cloudflare:workers' {
  import type { D1Database, Queue, RateLimit } from '@cloudflare/workers-types'

  /** The worker's bindings. Its settings are read by name. */
  export interface Env {
    readonly DB: D1Database
    /** Limits requests to the completion routes per address; without it there is no such limit. */
    readonly COMPLETION_LIMIT?: RateLimit
    /** Delivers events at once; without it they wait for the next sweep. */
    readonly EVENTS?: Pick<Queue<{ readonly id: string }>, 'send'> | undefined
    /** Charges many subscriptions at once; without it each minute's jobs charge what their limits allow. */
    readonly CHARGES?: Pick<Queue<{ readonly run: 'charges' }>, 'sendBatch'> | undefined
  }

  export const env: Env

  export function waitUntil(promise: Promise<unknown>): void
}
