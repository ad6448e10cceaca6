import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import type { BillingKey } from '../../../domain/billing/billing-key.ts'
import { unknownCustomer } from '../../../domain/refusals.ts'
import { readBody, readQuery, textsOf } from '../../../runtime/params.ts'
import { issueByCard } from '../../../services/billing/issue-billing-key.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { pageOf, sorted } from '../../../wire/pagination.ts'
import { idsAt } from '../../../wire/path-params.ts'
import { presentKey } from '../../../wire/serialize-billing-key.ts'

const prefix = '/subscribe/customers/'

/** Billing keys: issued from raw card data, read, and deleted. */
export function customers(world: World): Hono {
  const { ledger } = world
  const app = new Hono({ strict: false })

  const keyAt = (url: string, suffix = ''): BillingKey | undefined =>
    idsAt(url, prefix, suffix).flatMap((uid) => ledger.billingKeys.get(uid) ?? [])[0]
  const unknownAt = (url: string, suffix = '') =>
    refuse(unknownCustomer(idsAt(url, prefix, suffix)[0] ?? ''))

  app.get('/subscribe/customers', (c) => {
    const asked = textsOf(readQuery(c.req.url), 'customer_uid')
    const found = asked.flatMap((uid) => ledger.billingKeys.get(uid) ?? [])
    if (found.length === 0) return refuse({ ...unknownCustomer(asked.join(', ')), status: 404 })
    return succeed(found.map(presentKey), found.length === asked.length ? 200 : 207)
  })

  app.get('/subscribe/customers/:uid{.+}/payments', (c) => {
    const customerUid = idsAt(c.req.url, prefix, '/payments').find(
      (uid) => ledger.billingKeys.has(uid) || paymentsOf(world, uid).length > 0,
    )
    if (customerUid === undefined) return unknownAt(c.req.url, '/payments')
    const { page } = readQuery(c.req.url)
    const listed = pageOf(sorted(paymentsOf(world, customerUid), {}), { page })
    return 'list' in listed ? succeed(listed) : refuse(listed)
  })

  app.get('/subscribe/customers/:uid{.+}', (c) => {
    const key = keyAt(c.req.url)
    return key === undefined ? unknownAt(c.req.url) : succeed(presentKey(key))
  })

  app.post('/subscribe/customers/:uid{.+}', async (c) => {
    const [customerUid = ''] = idsAt(c.req.url, prefix)
    const issued = issueByCard(world, customerUid, await readBody(c.req.raw))
    return issued.ok ? succeed(presentKey(issued.key)) : refuse(issued.refusal)
  })

  app.delete('/subscribe/customers/:uid{.+}', (c) => {
    const key = keyAt(c.req.url)
    if (key === undefined) return unknownAt(c.req.url)
    ledger.billingKeys.delete(key.customerUid)
    return succeed(presentKey(key))
  })

  return app
}

function paymentsOf({ ledger }: World, customerUid: string) {
  return [...ledger.payments.values()].filter((payment) => payment.customerUid === customerUid)
}
