// The parts of the test runtime that these tests use.

declare module 'cloudflare:test' {
  import type { D1Database } from '@cloudflare/workers-types'

  export function applyD1Migrations(db: D1Database, migrations: readonly unknown[]): Promise<void>
}

declare module 'cloudflare:workers' {
  export interface Env {
    readonly MIGRATIONS: readonly unknown[]
    readonly IMP_KEY: string
    readonly IMP_SECRET: string
  }

  export const exports: {
    readonly default: { fetch(url: string, init?: RequestInit): Promise<Response> }
  }
}
