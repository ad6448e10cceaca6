// The handler under comparison: the vendor's sample, step for step, on Express 4. One correction was
// necessary to make it run at all: the payment and the token are in the envelope's `response`.
import express, { type Application } from 'express'
import { toFields } from './http.ts'
import type { OrderMap } from './order-map.ts'

/** The provider's URL, and the keys for it. */
export interface SampleProvider {
  readonly url: string
  readonly impKey: string
  readonly impSecret: string
}

/** Creates the sample's app with a map of orders. */
export function createSample(
  orders: OrderMap,
  { url, impKey, impSecret }: SampleProvider,
): Application {
  const app = express()
  app.use(express.json())
  app.use(express.urlencoded({ extended: false }))

  app.post('/payments/complete', async (request, response) => {
    try {
      const { imp_uid } = toFields(request.body)
      const grant = await callProvider(`${url}/users/getToken`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ imp_key: impKey, imp_secret: impSecret }),
      })
      const payment = await callProvider(`${url}/payments/${String(imp_uid)}`, {
        headers: { Authorization: String(grant['access_token']) },
      })
      const order = orders.get(String(payment['merchant_uid']))
      if (order === undefined || order.amount !== payment['amount']) {
        throw new Error('forged payment')
      }
      order.status = String(payment['status'])
      order.imp_uid = String(imp_uid)
      switch (payment['status']) {
        case 'ready':
          response.send({ status: 'vbankIssued', message: 'Virtual account issued' })
          break
        case 'paid':
          response.send({ status: 'success', message: 'Payment completed' })
          break
      }
    } catch (error) {
      response.status(400).send({ status: 'forgery', message: String(error) })
    }
  })
  return app
}

async function callProvider(
  url: string,
  init: RequestInit,
): Promise<Readonly<Record<string, unknown>>> {
  const envelope: unknown = await (await fetch(url, init)).json()
  return toFields(toFields(envelope)['response'])
}
