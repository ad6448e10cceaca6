// The parts of the test runtime that these tests use.

declare module 'cloudflare:test' {
  import type { D1Database, ExecutionContext, MessageBatch } from '@cloudflare/workers-types'

  export function applyD1Migrations(db: D1Database, migrations: readonly unknown[]): Promise<void>
  export function createExecutionContext(): ExecutionContext
  export function createMessageBatch(
    queue: string,
    messages: readonly {
      readonly id: string
      readonly timestamp: Date
      readonly attempts: number
      readonly body: unknown
    }[],
  ): MessageBatch
  export function getQueueResult(
    batch: MessageBatch,
    context: ExecutionContext,
  ): Promise<{
    readonly explicitAcks: readonly string[]
    readonly retryMessages: readonly { readonly msgId: string }[]
  }>
}

declare module 'cloudflare:workers' {
  export interface Env {
    readonly MIGRATIONS: readonly unknown[]
    readonly EVENT_URL: string
    readonly IMP_KEY: string
    readonly IMP_SECRET: string
  }

  export const exports: {
    readonly default: { fetch(url: string, init?: RequestInit): Promise<Response> }
  }
}
