import type { WorkerContext } from '../context.ts'
import {
  createMerchantRequest,
  createOrderRequest,
  type MerchantRequest,
  toHttpRequest,
} from './merchant-requests.ts'
import type { NewOrder } from './worker-workload.ts'

/** The merchant's server as a client of the worker. */
export interface MerchantClient {
  /** How many orders are still to be created. */
  readonly uncreatedOrders: number
  createOrder(): void
  /** Sends a request that the seed chooses. */
  sendRequest(): void
}

/** Makes the client of the merchant. `logInternalError` is called with each response that must never be sent. */
export function createMerchantClient(
  context: WorkerContext,
  logInternalError: (message: string) => void,
): MerchantClient {
  const { workload, responseLog, prng, count, addToHash, log } = context
  const uncreatedOrders: NewOrder[] = [...workload.orders]

  const send = (request: MerchantRequest, onEnd: (code: number) => void): void => {
    const { name, partialRefundOf } = request
    if (partialRefundOf !== null)
      responseLog.partialRefundRequests.set(
        partialRefundOf,
        (responseLog.partialRefundRequests.get(partialRefundOf) ?? 0) + 1,
      )
    context.startTask(
      name,
      async ({ worker }) => {
        const response = await worker.app.fetch(toHttpRequest(request))
        const text = await response.text()
        responseLog.bodies.push(text)
        const { status } = response
        count(`response ${request.kind} ${status}`)
        addToHash(status)
        log(`${name} | responds | ${status}`)
        if (status === 500) logInternalError(`${name} got 500`)
        if (text.includes('"error":"not_found"')) logInternalError(`${name} has no route`)
        if (request.path.endsWith('/cancel') && status === 200) recordCancelled(text)
        onEnd(status)
      },
      () => onEnd(0),
    )
  }

  const recordCancelled = (text: string): void => {
    const { merchant_uid, cancelled_amount }: { merchant_uid: string; cancelled_amount: number } =
      JSON.parse(text)
    const before = responseLog.cancelledAmounts.get(merchant_uid) ?? 0
    responseLog.cancelledAmounts.set(merchant_uid, Math.max(before, cancelled_amount))
  }

  return {
    get uncreatedOrders() {
      return uncreatedOrders.length
    },
    createOrder() {
      const order = uncreatedOrders.shift()
      if (order === undefined) return
      send(createOrderRequest(order), (code) => {
        if (code === 0 || code >= 500) uncreatedOrders.push(order)
      })
    },
    sendRequest: () => send(createMerchantRequest(prng, workload.orders), () => undefined),
  }
}
