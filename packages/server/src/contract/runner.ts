import { strict as assert } from 'node:assert'
import type { Store } from '../index.ts'

/** What declares the tests: `describe` and `test` of vitest, jest, node:test, bun or deno. */
export interface Runner {
  /** Declares a group of tests. */
  readonly describe: (name: string, body: () => void) => void
  /** Declares a test. */
  readonly test: (name: string, body: () => Promise<void>) => void
}

/** What the tests decide about a store. */
export interface StoreSettings {
  /** The clock of the store. Nothing in it may read another one. */
  readonly now: () => Date
  /** To be called with the id of each event of an order that was written. */
  readonly enqueueEvent: (eventId: string) => void
}

/** An empty database under test. */
export interface DatabaseUnderTest {
  /**
   * Makes one instance of the store on this database. Eight instances are used at once: each must be able to run a
   * transaction while the others run theirs, on a connection of its own.
   */
  connect(settings: StoreSettings): Store | Promise<Store>
  /** Called at the end of the test, whether or not it passed. */
  close(): void | Promise<void>
}

/** Makes the tests of one contract. */
export interface Contract {
  readonly describe: (title: string, body: () => void) => void
  /** Declares a test with an empty database and as many instances of the store as it asks for. */
  readonly test: (title: string, body: (context: Context) => Promise<void>) => void
}

export interface Context {
  readonly store: Store
  /** Eight instances of the store, `store` among them. */
  readonly instances: readonly Store[]
  readonly clock: Clock
  /** The ids of events that any instance has reported. */
  readonly enqueued: readonly string[]
}

export interface Clock {
  readonly now: () => Date
  readonly advance: (ms: number) => void
}

const instanceCount = 8

export function createContract(
  { describe, test }: Runner,
  openDatabase: () => DatabaseUnderTest | Promise<DatabaseUnderTest>,
): Contract {
  return {
    describe,
    test(title, body) {
      test(title, async () => {
        const database = await openDatabase()
        try {
          const clock = createClock()
          const enqueued: string[] = []
          const settings = { now: clock.now, enqueueEvent: (id: string) => void enqueued.push(id) }
          const store = await database.connect(settings)
          const instances = [store]
          while (instances.length < instanceCount) instances.push(await database.connect(settings))
          await body({ store, instances, clock, enqueued })
        } finally {
          await database.close()
        }
      })
    },
  }
}

function createClock(): Clock {
  // Milliseconds count: a store that keeps seconds returns other times.
  let at = new Date('2026-11-22T03:00:00.123Z')
  return {
    now: () => at,
    advance(ms) {
      at = new Date(at.getTime() + ms)
    },
  }
}

/** Does something `count` times, as many at once as there are instances, and waits for all of them before it fails. */
export async function onInstances<Instance>(
  instances: readonly Instance[],
  count: number,
  run: (index: number, instance: Instance) => Promise<unknown>,
): Promise<void> {
  const finished = await Promise.allSettled(
    instances.map(async (instance, first) => {
      for (let index = first; index < count; index += instances.length) await run(index, instance)
    }),
  )
  for (const each of finished) if (each.status === 'rejected') throw each.reason
}

/** How many races there are of each kind. */
export const raceCount = 304

/** Runs races, four at once, each on two instances of its own; as many as there are of each kind, or fewer. */
export async function inRaces(
  { instances }: Context,
  run: (race: number, first: Store, second: Store) => Promise<void>,
  count: number = raceCount,
): Promise<void> {
  const pairs = Array.from({ length: 4 }, (_, pair) => instances.slice(2 * pair, 2 * pair + 2))
  await onInstances(pairs, count, async (race, [first, second]) => {
    assert.ok(first && second)
    // The one that is asked first must not always be the first to write.
    await (race % 8 < 4 ? run(race, first, second) : run(race, second, first))
  })
}
