// The handler under comparison: the vendor's sample, step for step, on Express 4. One correction was
// necessary to make it run at all: the payment and the token are in the envelope's `response`.
import express, { type Application } from 'express'
import { isRecord } from './http.ts'

/** An order as the sample stores it. */
export interface SampleOrder {
  readonly amount: number
  status: string
  imp_uid: string | null
}

/** The provider's URL, and the keys for it. */
export interface SampleProvider {
  readonly url: string
  readonly impKey: string
  readonly impSecret: string
}

/** Creates the sample's app with a map of orders. */
export function createSample(
  orders: Map<string, SampleOrder>,
  { url, impKey, impSecret }: SampleProvider,
): Application {
  const app = express()
  app.use(express.json())
  app.use(express.urlencoded({ extended: false }))

  app.post('/payments/complete', async (request, response) => {
    try {
      const { imp_uid } = toRecord(request.body)
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
  return toRecord(toRecord(envelope)['response'])
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new TypeError('The response is not an object')
  return value
}
