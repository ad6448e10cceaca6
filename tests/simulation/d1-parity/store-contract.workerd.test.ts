import { applyD1Migrations, reset } from 'cloudflare:test'
import { type Env, env } from 'cloudflare:workers'
import { storeContract } from '@quayside/server/contract'
import { createD1Store } from '@quayside/sql/d1'
import { describe, it } from 'vitest'

const { DB, MIGRATIONS } = env as Env & { readonly MIGRATIONS: readonly unknown[] }

describe('createD1Store()', () => {
  storeContract({ describe, test: it }, async () => {
    await reset()
    await applyD1Migrations(DB, MIGRATIONS)
    return {
      connect: (settings) => createD1Store(DB, settings),
      close: () => undefined,
    }
  })
})
