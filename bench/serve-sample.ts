// The sample in a process of its own; orders are created and read between the runs.
import { createServer } from 'node:http'
import type { BenchOrder } from './order.ts'
import { addOrders, type OrderMap, toStates } from './order-map.ts'
import { serve } from './program.ts'
import { createSample } from './sample.ts'

/** Messages to the sample's process. */
export type SampleMessage =
  | { readonly kind: 'open'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'states' }

const [url = '', impKey = '', impSecret = ''] = process.argv.slice(2)
const orders: OrderMap = new Map()

serve(createServer(createSample(orders, { url, impKey, impSecret })), (message: SampleMessage) => {
  switch (message.kind) {
    case 'open':
      return addOrders(orders, message.orders)
    case 'states':
      return toStates(orders)
  }
})
