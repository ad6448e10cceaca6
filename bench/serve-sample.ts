// The sample in a process of its own; orders are put in and read out between the runs.
import { createServer } from 'node:http'
import type { BenchOrder, Standing } from './order.ts'
import { serve } from './program.ts'
import { createSample, type SampleOrder } from './sample.ts'

/** What the benchmark tells the sample's process. */
export type SampleMessage =
  | { readonly kind: 'open'; readonly orders: readonly BenchOrder[] }
  | { readonly kind: 'standings' }

const [url = '', impKey = '', impSecret = ''] = process.argv.slice(2)
const orders = new Map<string, SampleOrder>()

serve(createServer(createSample(orders, { url, impKey, impSecret })), (message: SampleMessage) => {
  switch (message.kind) {
    case 'open':
      for (const { merchant_uid, amount } of message.orders) {
        orders.set(merchant_uid, { amount, status: 'pending', imp_uid: null })
      }
      return null
    case 'standings':
      return [...orders].map(
        ([merchant_uid, { imp_uid, status }]): Standing => ({
          merchant_uid,
          imp_uid,
          status,
          events: null,
        }),
      )
  }
})
