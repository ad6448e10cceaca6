import { Session } from 'node:inspector/promises'
import type { Exchange } from '@quayside/client'
import { createSimulator } from '@quayside/simulator'
import type { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createBenchDatabase, openOrders } from '../node/databases.ts'
import { createFloor } from '../node/floor.ts'
import { createOrderPool } from '../order.ts'
import { impKey, impSecret } from '../upstream.ts'
import { createOurs } from './create-ours.ts'

const providerUrl = 'http://provider.example'
/** It was 51, and is hardly different from run to run. */
const mostKilobytesMore = 56
const warmUp = 1_000
const measured = 500
const orders = createOrderPool('allocations').take(warmUp + measured)

/** The provider with a paid payment of each order, without what a simulator allocates. */
async function createExchange(): Promise<Exchange> {
  const simulator = createSimulator({ credentials: { impKey, impSecret } })
  const call = async (path: string, body: object) => {
    const request = new Request(providerUrl + path, { method: 'POST', body: JSON.stringify(body) })
    request.headers.set('content-type', 'application/json')
    return (await simulator.fetch(request)).json() as Promise<Record<string, unknown>>
  }
  const token = await call('/users/getToken', { imp_key: impKey, imp_secret: impSecret })
  const answers = new Map([['/users/getToken', toBytes(token)]])
  for (const { imp_uid, ...order } of orders) {
    const response = await call('/_simulator/payments', { ...order, imp_uid, sandbox: false })
    answers.set(`/payments/${imp_uid}`, toBytes({ code: 0, message: null, response }))
  }
  return async ({ url }) => {
    const bytes = answers.get(new URL(url).pathname)
    if (bytes === undefined) throw new TypeError(`${url} is not known`)
    const get = (name: string) => (name === 'content-length' ? String(bytes.byteLength) : null)
    return { status: 200, headers: { get }, body: null, arrayBuffer: async () => bytes }
  }
}

function toBytes(value: unknown): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(value)).buffer
}

async function completeAll(app: Hono, from: number, to: number): Promise<void> {
  for (const { merchant_uid, imp_uid } of orders.slice(from, to)) {
    const response = await app.request('/payments/complete', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ merchant_uid, imp_uid }),
    })
    expect(response.status).toBe(200)
  }
}

/** The bytes of one completion, what is collected again included. */
async function countBytes(app: Hono): Promise<number> {
  await completeAll(app, 0, warmUp)
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 4_096,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  })
  await completeAll(app, warmUp, warmUp + measured)
  const { profile } = await session.post('HeapProfiler.stopSampling')
  session.disconnect()
  const sum = ({ selfSize, children }: typeof profile.head): number =>
    children.reduce((total, child) => total + sum(child), selfSize)
  return sum(profile.head) / measured
}

it('a completion allocates not much more than the bare handler', async () => {
  const exchange = await createExchange()
  const [ofFloor, ofOurs] = [
    await createBenchDatabase('sqlite-memory'),
    await createBenchDatabase('sqlite-memory'),
  ]
  try {
    await openOrders(ofFloor, orders)
    await openOrders(ofOurs, orders)
    const floor = createFloor({ ...ofFloor, exchange, providerUrl })
    const ours = createOurs(ofOurs, exchange, providerUrl)
    const more = (await countBytes(ours)) - (await countBytes(floor))
    expect(more / 1_000).toBeLessThan(mostKilobytesMore)
    expect(more).toBeGreaterThan(0)
  } finally {
    await ofFloor.drop()
    await ofOurs.drop()
  }
})
