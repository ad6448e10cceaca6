import { createWorker } from '../../../../apps/worker/src/worker.ts'
import { readMigrations, Sqlite } from '../bindings/sqlite.ts'
import { createDatabaseBinding, createQueueBinding } from '../isolate-bindings.ts'
import { settings } from '../settings.ts'
import type { SqlMutant } from '../sql-mutants.ts'
import type { Composition, OpenComposition } from './composition.ts'

/** The worker of Cloudflare: D1 and a queue as its bindings. Schedules that end leave their database to later ones. */
export function onCloudflare({ patch, splitsBatches }: SqlMutant): OpenComposition {
  const migrations = readMigrations()
  const free: Sqlite[] = []
  return () => {
    const sqlite = free.pop() ?? new Sqlite(migrations, patch)
    sqlite.begin()
    return {
      composition: compose(sqlite, splitsBatches),
      close() {
        sqlite.rollback()
        free.push(sqlite)
      },
    }
  }
}

function compose(sqlite: Sqlite, splitsBatches: boolean): Composition {
  return {
    start({ process, environment, call, fetch }) {
      const { clock, prng, timers, logLines } = environment
      return createWorker(
        {
          ...settings,
          DB: createDatabaseBinding(environment, call, sqlite, splitsBatches),
          EVENTS: createQueueBinding(environment, call),
        },
        {
          fetch,
          now: () => new Date(clock.ms),
          random: () => prng.below(16) / 16,
          sleep: (ms, signal) => timers.sleep(process, ms, signal),
          waitUntil: (work) => environment.track(process, work),
          write: (line) => void logLines.push(line),
        },
      )
    },
    read: (text) => sqlite.run({ text, params: [] }).rows,
  }
}
