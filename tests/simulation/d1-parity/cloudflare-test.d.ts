// The parts of the test runtime that these tests use.

declare module 'cloudflare:test' {
  import type { D1Database } from '@cloudflare/workers-types'

  export function applyD1Migrations(db: D1Database, migrations: readonly unknown[]): Promise<void>
  /** Empties every storage, the tables of databases included. */
  export function reset(): Promise<void>
}
