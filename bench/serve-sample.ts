// The sample in a process of its own; orders are created and read between the runs.
import { createServer } from 'node:http'
import type { BenchOrder, OrderState } from './order.ts'
import { serve } from './program.ts'
import { createSample, type SampleOrder } from './sample.ts'

/** Messages to the sample's process. */
export type SampleMessage =
  | { readonly kind: 'open'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'states' }

const [url = '', impKey = '', impSecret = ''] = process.argv.slice(2)
const orders = new Map<string, SampleOrder>()

serve(createServer(createSample(orders, { url, impKey, impSecret })), (message: SampleMessage) => {
  switch (message.kind) {
    case 'open':
      for (const { merchant_uid, amount } of message.orders) {
        orders.set(merchant_uid, { amount, status: 'pending', imp_uid: null })
      }
      return null
    case 'states':
      return [...orders].map(
        ([merchant_uid, { imp_uid, status }]): OrderState => ({
          merchant_uid,
          imp_uid,
          status,
          events: null,
        }),
      )
  }
})
