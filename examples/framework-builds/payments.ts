import { createClient } from '@quayside/client'
import { createMemoryStore, type OrderStore } from '@quayside/core'
import { completion } from '@quayside/hono'
import { openOrders } from './orders.ts'

// In a shop of yours: its own table (examples/transactions has Drizzle, Prisma, Kysely, pg and mysql2).
const store: OrderStore = openOrders(createMemoryStore())
const page = (name: string) => `https://shop.example/result/${name}`

function createPayments(basePath = '/payments') {
  return completion({
    basePath,
    store,
    client: createClient({
      key: process.env.IMP_KEY ?? '',
      secret: process.env.IMP_SECRET ?? '',
      ...(process.env.SIMULATOR_URL === undefined ? {} : { baseUrl: process.env.SIMULATOR_URL }),
    }),
    mode: process.env.SIMULATOR_URL === undefined ? 'live' : 'test',
    origins: ['https://shop.example'],
    pages: {
      success: page('success'),
      vbankIssued: page('vbank'),
      failed: page('failed'),
      cancelled: page('cancelled'),
      pending: page('pending'),
    },
  })
}

/** Makes the routes at the first request: a build runs this module without the settings of the shop. */
export function createRespond(basePath?: string) {
  let payments: { readonly fetch: (request: Request) => Response | Promise<Response> } | undefined
  return (request: Request): Response | Promise<Response> => {
    payments ??= createPayments(basePath)
    return payments.fetch(request)
  }
}

export const respond = createRespond()
