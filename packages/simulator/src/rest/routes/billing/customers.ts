import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { type BillingKey, needsReason } from '../../../domain/billing/billing-key.ts'
import { ownRefusals, unknownCustomer } from '../../../domain/refusals.ts'
import { readBody, readQuery, textOf, textsOf } from '../../../runtime/params.ts'
import { issueByCard } from '../../../services/billing/issue-billing-key.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { pageOfPayments, sortPayments } from '../../../wire/pagination.ts'
import { idsAt } from '../../../wire/path-params.ts'
import { serializeBillingKey } from '../../../wire/serialize-billing-key.ts'

const prefix = '/subscribe/customers/'

/** Billing keys: issued from raw card data, read, and deleted. */
export function customers(context: SimulatorContext): Hono {
  const { state } = context
  const app = new Hono({ strict: false })

  const keyAt = (url: string, suffix = ''): BillingKey | undefined =>
    idsAt(url, prefix, suffix).flatMap((uid) => state.billingKeys.get(uid) ?? [])[0]
  const unknownAt = (url: string, suffix = '') =>
    refuse(unknownCustomer(idsAt(url, prefix, suffix)[0] ?? ''))

  app.get('/subscribe/customers', (c) => {
    const customerUids = textsOf(readQuery(c.req.url), 'customer_uid')
    const found = customerUids.flatMap((uid) => state.billingKeys.get(uid) ?? [])
    if (found.length === 0)
      return refuse({ ...unknownCustomer(customerUids.join(', ')), status: 404 })
    return succeed(found.map(serializeBillingKey), found.length === customerUids.length ? 200 : 207)
  })

  app.get('/subscribe/customers/:uid{.+}/payments', (c) => {
    const customerUid = idsAt(c.req.url, prefix, '/payments').find(
      (uid) => state.billingKeys.has(uid) || paymentsOf(context, uid).length > 0,
    )
    if (customerUid === undefined) return unknownAt(c.req.url, '/payments')
    const { page } = readQuery(c.req.url)
    const result = pageOfPayments(
      sortPayments(paymentsOf(context, customerUid), {}),
      { page },
      context.origin,
    )
    return 'list' in result ? succeed(result) : refuse(result)
  })

  app.get('/subscribe/customers/:uid{.+}', (c) => {
    const key = keyAt(c.req.url)
    return key === undefined ? unknownAt(c.req.url) : succeed(serializeBillingKey(key))
  })

  app.post('/subscribe/customers/:uid{.+}', async (c) => {
    const [customerUid = ''] = idsAt(c.req.url, prefix)
    const issued = issueByCard(context, customerUid, await readBody(c.req.raw))
    return issued.ok ? succeed(serializeBillingKey(issued.key)) : refuse(issued.refusal)
  })

  app.delete('/subscribe/customers/:uid{.+}', (c) => {
    const key = keyAt(c.req.url)
    if (key === undefined) return unknownAt(c.req.url)
    if (needsReason(key) && textOf(readQuery(c.req.url), 'reason') === null) {
      return refuse(ownRefusals.reasonMissing)
    }
    state.billingKeys.delete(key.customerUid)
    return succeed(serializeBillingKey(key))
  })

  return app
}

function paymentsOf({ state }: SimulatorContext, customerUid: string) {
  return [...state.payments.values()].filter((payment) => payment.customerUid === customerUid)
}
