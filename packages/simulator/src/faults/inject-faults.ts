import type { MiddlewareHandler } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { sleep } from '../runtime/sleep.ts'
import { operationOf } from '../wire/operations.ts'
import { serializePayment, type WireRecord } from '../wire/serialize-payment.ts'
import { applyFault, takeFault } from './faults.ts'

/** Counts every REST call, delays it by the set latency, and runs the fault of the first rule that matches it. */
export function injectFaults(context: SimulatorContext): MiddlewareHandler {
  const { state, faults } = context
  return async function countDelayAndInjectFault(c, next) {
    const request = c.req.raw
    const { pathname } = new URL(request.url)
    const operation = operationOf(request.method, pathname)
    const name = `${request.method} ${operation}`
    state.requestLog.set(name, (state.requestLog.get(name) ?? 0) + 1)

    if (context.latencyMs > 0) await sleep(context.latencyMs, request.signal)
    const rule = takeFault(faults, { method: request.method, operation, pathname })
    if (rule === null) return next()

    const runOperation = async () => {
      await next()
      return c.res
    }
    const otherPayment = () => anotherPayment(context, pathname)
    const faulty = await applyFault({ request, rule, runOperation, otherPayment })
    c.res = undefined
    c.res = faulty
    return
  }
}

// A payment other than the one in the path; one with invented ids when there is no other.
function anotherPayment({ state, origin }: SimulatorContext, pathname: string): WireRecord {
  const payments = [...state.payments.values()]
  const other = payments.find(({ impUid }) => !pathname.includes(impUid))
  if (other !== undefined) return serializePayment(other, origin)
  const [own] = payments
  const otherIds = { imp_uid: 'imp_000000000001', merchant_uid: 'other-order' }
  return own === undefined ? otherIds : { ...serializePayment(own, origin), ...otherIds }
}
