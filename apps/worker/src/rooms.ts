import type { Client } from '@quayside/client'
import type { Gate } from '@quayside/hono'
import type { D1Store } from '../../../packages/server/src/ports/orders.ts'
import type { Outbox } from '../../../packages/server/src/ports/outbox.ts'
import type { Books } from '../../../packages/server/src/ports/tables.ts'
import type { Config } from './config.ts'
import type { RateLimit } from './gate/ring.ts'
import type { Log } from './log.ts'
import type { Sleep } from './sleep.ts'

/** Everything the app works with. */
export interface Rooms {
  readonly config: Config
  readonly store: D1Store
  readonly books: Books
  /** The events that the merchant is told. */
  readonly outbox: Outbox
  /** Has an event of the outbox tried at once. */
  readonly announce: (eventId: string) => void
  readonly client: Client
  /** Stands between the doors and the provider. */
  readonly gate: Gate
  /** Cloudflare's rate limiting, where it is bound; null elsewhere. */
  readonly limiter: RateLimit | null
  readonly log: Log
  readonly now: () => Date
  readonly sleep: Sleep
}
