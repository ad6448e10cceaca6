import { applyD1Migrations, reset } from 'cloudflare:test'
import { type Env, env } from 'cloudflare:workers'
import { storeContract } from '@quayside/server/contract'
import { describe, it } from 'vitest'
import { createD1Store } from '../../../apps/worker/src/store/store.ts'

const { DB, MIGRATIONS } = env as Env & { readonly MIGRATIONS: readonly unknown[] }

describe('createD1Store()', () => {
  storeContract({ describe, test: it }, async () => {
    await reset()
    await applyD1Migrations(DB, MIGRATIONS)
    return {
      connect: ({ now, enqueueEvent }) => createD1Store(DB, now, enqueueEvent),
      close: () => undefined,
    }
  })
})
