// Declared here rather than through the global types of Workers: those restate every web standard, and the
// packages compiled along with this app are written against the standard's own types.

declare module 'cloudflare:workers' {
  import type { D1Database, Queue, RateLimit } from '@cloudflare/workers-types'

  /** The worker's bindings. Its settings are read by name, whatever else is there. */
  export interface Env {
    readonly DB: D1Database
    readonly COMPLETION_LIMIT?: RateLimit
    /** Makes events fast; without it they wait for the next sweep. */
    readonly EVENTS?: Pick<Queue<{ readonly id: string }>, 'send'> | undefined
  }

  export const env: Env

  export function waitUntil(promise: Promise<unknown>): void
}
