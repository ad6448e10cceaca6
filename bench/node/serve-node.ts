// A subject on Node in a process of its own: our server or the bare handler, on one database.

import { createServer as createHttpServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createLog, createServer, readConfig, sleepOnTimer } from '@quayside/server'
import { createLineWriter } from '../../apps/node/src/telemetry/line-writer.ts'
import type { BenchOrder } from '../order.ts'
import { serve } from '../program.ts'
import { toSettings } from '../settings.ts'
import { createBenchDatabase, type DatabaseKind, openOrders, readOrderStates } from './databases.ts'
import { createFloor } from './floor.ts'
import { createTransport } from './transport.ts'

/** Messages to the subject's process. */
export type NodeMessage =
  | { readonly kind: 'open'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'states' }
  | { readonly kind: 'drop' }

/** What runs in the process. */
export type NodeCode = 'ours' | 'floor'

const [code = 'ours', kind = 'sqlite-memory', providerUrl = ''] = process.argv.slice(2)
// As many as the requests that are answered at once.
const exchange = createTransport(64)
// The parent passes only these names.
const database = await createBenchDatabase(kind as DatabaseKind)
const app = code === 'floor' ? createFloor({ ...database, exchange, providerUrl }) : createOurs()

serve(createHttpServer(getRequestListener(app.fetch)), async (message: NodeMessage) => {
  switch (message.kind) {
    case 'open':
      return openOrders(database, message.orders)
    case 'states':
      return readOrderStates(database)
    case 'drop':
      return database.drop()
  }
})

function createOurs() {
  const config = readConfig(toSettings(providerUrl))
  if (!config.ok) throw new TypeError('The settings are malformed', { cause: config.failure })
  const now = () => new Date()
  // As `quayside serve` writes it: without waiting, and what comes meanwhile together.
  const writer = createLineWriter({ fd: 1, toLossLine: (lost) => `${lost} lines were lost` })
  const log = createLog(writer.write, now)
  const { store } = database
  const timers = { now, random: Math.random, sleep: sleepOnTimer }
  return createServer({ config: config.value, store, fetch, exchange, log, ...timers }).app
}
