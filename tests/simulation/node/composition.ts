import {
  createDeliveryQueue,
  createLog,
  createServer,
  readConfig,
} from '../../../packages/server/src/index.ts'
import { createStoreOn } from '../../../packages/sql/src/sqlite/store-on-driver.ts'
import type {
  Composition,
  Instance,
  InstanceOptions,
  OpenComposition,
} from '../worker/compositions/composition.ts'
import { settings } from '../worker/settings.ts'
import type { SqlMutant } from '../worker/sql-mutants.ts'
import { NodeDatabase } from './database.ts'
import { createScheduledDriver } from './driver.ts'

/** The server as the Node program puts it together: SQLite in the process, and events that wait in its memory. */
export function onNode({ patch, splitsBatches }: SqlMutant): OpenComposition {
  return () => {
    const database = new NodeDatabase(patch)
    const composition: Composition = {
      start: (options) => startInstance(database, splitsBatches, options),
      read: (text) => database.prepare(text).all(),
    }
    return { composition, close: () => database.close() }
  }
}

function startInstance(
  database: NodeDatabase,
  splitsBatches: boolean,
  options: InstanceOptions,
): Instance {
  const { process, environment, fetch } = options
  const { clock, prng, timers, logLines } = environment
  const now = () => new Date(clock.ms)
  const log = createLog((line) => void logLines.push(line), now)
  const config = readConfig(settings)
  if (!config.ok) throw new TypeError('Cannot read the settings')
  const enqueueEvent = (eventId: string): void => queue.enqueue(eventId)
  const driver = createScheduledDriver(database, splitsBatches, options)
  const server = createServer({
    config: config.value,
    store: createStoreOn(driver, { now, enqueueEvent }),
    fetch,
    now,
    random: () => prng.below(16) / 16,
    sleep: (ms, signal) => timers.sleep(process, ms, signal),
    log,
    enqueueEvent,
  })
  const queue = createDeliveryQueue({
    deliver(eventId) {
      const delivering = server.delivery.deliver(eventId)
      environment.track(process, delivering)
      return delivering
    },
    // Without the signal: the wait for the next try is no timeout, and an instance crashes without a stop.
    sleep: (ms) => timers.sleep(process, ms, undefined),
    log,
  })
  return {
    app: server.app,
    runCron: server.runJobs,
    // No message comes from outside.
    consume: async () => undefined,
  }
}
