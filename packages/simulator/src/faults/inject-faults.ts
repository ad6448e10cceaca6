import type { MiddlewareHandler } from 'hono'
import type { World } from '../context.ts'
import { sleep } from '../runtime/sleep.ts'
import { operationOf } from '../wire/operations.ts'
import { presentPayment, type WirePayment } from '../wire/serialize-payment.ts'
import { play, takeFault } from './faults.ts'

/** Counts every REST call, makes it wait as long as the world is slow, and plays the fault ordered for it. */
export function interfere(world: World): MiddlewareHandler {
  const { ledger, faults } = world
  return async function countDelayAndSpoil(c, next) {
    const request = c.req.raw
    const { pathname } = new URL(request.url)
    const operation = operationOf(request.method, pathname)
    const name = `${request.method} ${operation}`
    ledger.calls.set(name, (ledger.calls.get(name) ?? 0) + 1)

    if (world.latencyMs > 0) await sleep(world.latencyMs, request.signal)
    const rule = takeFault(faults, { method: request.method, operation, pathname })
    if (rule === null) return next()

    const answer = async () => {
      await next()
      return c.res
    }
    const otherPayment = () => differing(world, pathname)
    const spoilt = await play({ request, rule, answer, otherPayment })
    c.res = undefined
    c.res = spoilt
    return
  }
}

// Some payment other than the one in the path; a made-up stranger when there is only that one.
function differing({ ledger }: World, pathname: string): WirePayment {
  const payments = [...ledger.payments.values()]
  const other = payments.find(({ impUid }) => !pathname.includes(impUid))
  if (other !== undefined) return presentPayment(other)
  const [own] = payments
  const stranger = { imp_uid: 'imp_000000000001', merchant_uid: 'order-of-somebody-else' }
  return own === undefined ? stranger : { ...presentPayment(own), ...stranger }
}
