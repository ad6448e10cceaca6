import type { MiddlewareHandler } from 'hono'
import { responseFaultOf } from '../domain/billing/test-values.ts'
import { readBody, textOf } from '../runtime/params.ts'
import { sleep } from '../runtime/sleep.ts'
import { idsAt } from '../wire/path-params.ts'
import { withBytes } from './corrupt-response.ts'

const slowMs = 5000
const customerPath = '/subscribe/customers/'

/** Delays or truncates the response of a write with a test value; the operation itself runs. */
export const injectTestValueFaults: MiddlewareHandler = async function delayOrTruncateResponse(
  c,
  next,
) {
  const { method, url } = c.req
  if (method === 'GET' || method === 'HEAD') return next()
  const request = c.req.raw
  const params = await readBody(request.clone())
  const isCustomer = new URL(url).pathname.startsWith(customerPath)
  const customerUid = isCustomer ? idsAt(url, customerPath)[0] : textOf(params, 'customer_uid')
  const fault = responseFaultOf(params['amount'], customerUid ?? '')
  await next()
  if (fault === 'slow') await sleep(slowMs, request.signal)
  if (fault !== 'broken') return
  const truncated = await withBytes(c.res, (bytes) => bytes.slice(0, Math.floor(bytes.length / 2)))
  c.res = undefined
  c.res = truncated
}
