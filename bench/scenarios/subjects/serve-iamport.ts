// The vendor's deprecated client for Node behind Express 4, in a process of its own. It keeps its token; the handler is that of the
// sample with the client in place of the calls.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import express from 'express'
import { isRecord } from '../../http.ts'
import { addOrders, type OrderMap, toStates } from '../../order-map.ts'
import { serve } from '../../program.ts'
import { impKey, impSecret } from '../../upstream.ts'
import type { SubjectMessage } from './serve-subject.ts'

/** The part of the client that is used here. */
interface Iamport {
  readonly payment: {
    getByImpUid(params: { readonly imp_uid: string }): Promise<Readonly<Record<string, unknown>>>
  }
}

interface IamportClass {
  DEFAULT_HOST: string
  new (keys: { readonly impKey: string; readonly impSecret: string }): Iamport
}

const [url = ''] = process.argv.slice(2)
const Iamport: IamportClass = createRequire(resolve('bench/scenarios/package.json'))('iamport')
// An instance takes the host of its class when it is created.
Iamport.DEFAULT_HOST = url
const client = new Iamport({ impKey, impSecret })
const orders: OrderMap = new Map()

const app = express()
app.use(express.json())
app.use(express.urlencoded({ extended: false }))
app.post('/payments/complete', async ({ body }, response) => {
  try {
    const imp_uid = String(isRecord(body) ? body['imp_uid'] : null)
    const payment = await client.payment.getByImpUid({ imp_uid })
    const order = orders.get(String(payment['merchant_uid']))
    if (order === undefined || order.amount !== payment['amount']) {
      throw new Error('forged payment')
    }
    order.status = String(payment['status'])
    order.imp_uid = imp_uid
    response.send({ status: 'success', message: 'Payment completed' })
  } catch (error) {
    response.status(400).send({ status: 'forgery', message: String(error) })
  }
})

serve(createServer(app), (message: SubjectMessage) => {
  switch (message.kind) {
    case 'open':
      return addOrders(orders, message.orders)
    case 'states':
      return toStates(orders)
    case 'heap':
      return process.memoryUsage().heapUsed
    case 'drop':
      return null
  }
})
