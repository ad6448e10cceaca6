import type { Store } from '../../../../packages/server/src/index.ts'
import type { Driver } from '../../../../packages/sql/src/driver.ts'
import { postgres } from '../../../../packages/sql/src/postgres/dialect.ts'
import { createPostgresDriver } from '../../../../packages/sql/src/postgres/driver.ts'
import { createSqliteDriver } from '../../../../packages/sql/src/sqlite/driver.ts'
import { createStoreOn } from '../../../../packages/sql/src/sqlite/store-on-driver.ts'
import { createStore } from '../../../../packages/sql/src/store/store.ts'
import { createPostgresDatabase } from '../../../../packages/sql/test/databases.ts'
import { NodeDatabase } from '../../node/database.ts'

/** A real database that instances of the server share. */
export interface SubscriptionDatabase {
  /** Makes the store of an instance, whose driver dies with it. */
  createStore(wrap: (driver: Driver) => Driver, now: () => Date): Store
  /** When the next subscription is due, in ms; null for none. */
  nextDueAt(): Promise<number | null>
  close(): Promise<void>
}

/** A part of a statement, and what somebody wrote instead. */
export interface SqlFlaw {
  readonly find: string
  readonly replace: string
}

const nextDue = 'SELECT min(due_at) AS at FROM subscriptions WHERE due_at IS NOT NULL'

/** Leases only save work. Without them both instances always do the same subscription at the same time. */
const withoutLease: SqlFlaw = {
  find: 'UPDATE subscriptions SET due_at = ?2\n    WHERE id IN',
  replace: 'UPDATE subscriptions SET due_at = min(due_at, ?2)\n    WHERE id IN',
}

/** Opens a SQLite database in memory, without leases, and with a statement that is wrong on purpose. */
export function openSqlite(flaw?: SqlFlaw): SubscriptionDatabase {
  const patches = flaw === undefined ? [withoutLease] : [withoutLease, flaw]
  const database = new NodeDatabase((text) =>
    patches.reduce((patched, { find, replace }) => patched.replace(find, replace), text),
  )
  return {
    createStore: (wrap, now) => createStoreOn(wrap(createSqliteDriver(database)), { now }),
    async nextDueAt() {
      const at = database.prepare(nextDue).get()?.['at']
      return typeof at === 'number' ? at : null
    },
    close: async () => database.close(),
  }
}

/** Opens an empty database on PostgreSQL; null without its server. */
export async function openPostgres(): Promise<SubscriptionDatabase | null> {
  const { isMissing, pool, drop } = await createPostgresDatabase()
  if (isMissing) return null
  return {
    createStore: (wrap, now) =>
      createStore(
        {
          check: async () => ({ ok: true, value: null }),
          driver: wrap(createPostgresDriver(pool)),
        },
        postgres,
        { now },
      ),
    async nextDueAt() {
      const { rows } = await pool.query<{ readonly at: string | null }>(nextDue)
      const at = rows[0]?.at ?? null
      return at === null ? null : Number(at)
    },
    close: drop,
  }
}
