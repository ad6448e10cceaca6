import { fail, type Payee, type Result } from '@quayside/core'
import { type Context, Hono } from 'hono'
import { endsThisMonth } from '../../billing-keys/card-expiry.ts'
import { createKey } from '../../billing-keys/create-key.ts'
import { deleteKey } from '../../billing-keys/delete-key.ts'
import { findKey } from '../../billing-keys/find-key.ts'
import { registerCard } from '../../billing-keys/register-card.ts'
import { replaceKey } from '../../billing-keys/replace-key.ts'
import { toWindowParams } from '../../billing-keys/window-params.ts'
import type { Deps } from '../../deps.ts'
import type { BillingKey } from '../../domain/billing-key.ts'
import { toNamedPayee } from '../../domain/payee.ts'
import { presentBillingKey } from '../../events/billing-key-payload.ts'
import { toOrderToken } from '../../orders/order-token.ts'
import { toKnownPayee, toMerchant } from '../../payees.ts'
import { requireApiKey } from '../api-key.ts'
import { toNext } from '../pagination.ts'
import type { Problem } from '../problem.ts'
import { problemResponse } from '../problem-response.ts'
import {
  billingKeyQuery,
  billingKeyRequest,
  cardRequest,
  customerId,
  customerUid,
  deletionQuery,
  keyQuery,
  preferenceRequest,
} from '../schemas/requests/billing-keys.ts'
import type { BillingKeyResponse, CreatedBillingKey } from '../schemas/responses/billing-keys.ts'
import { limitBody, readQuery, readRequest, validate } from '../validate.ts'

/** The routes that register, read, order and delete billing keys. */
export function billingKeyRoutes(deps: Deps): Hono {
  const { store, config } = deps
  const app = new Hono()
  for (const path of ['/billing-keys/*', '/customers/*']) {
    app.use(path, requireApiKey(config.merchantApiKeys))
    app.use(path, limitBody)
  }

  app.post('/billing-keys', async (c) => {
    const body = await readRequest(c, billingKeyRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const created = await createKey(body.value, deps)
    if (!created.ok) return problemResponse(c, created.failure)
    const window = await toWindowParams(created.value)
    const token = await toOrderToken(created.value.registrationId, config, deps.now())
    const merchant = toMerchant(created.value.payee, deps)
    const response: CreatedBillingKey = {
      ...toResponse(created.value, deps),
      ...(merchant === undefined ? {} : { user_code: merchant.userCode }),
      window,
      token,
    }
    return c.json(response, 201)
  })

  app.get('/billing-keys/:customer_uid', async (c) => {
    const query = readQuery(c, keyQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const key = await readKey(c, toNamedPayee(query.value), deps)
    if (!key.ok) return problemResponse(c, key.failure)
    return c.json(toResponse(key.value, deps))
  })

  app.post('/billing-keys/:customer_uid/card', async (c) => {
    const query = readQuery(c, keyQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const key = await readKey(c, toNamedPayee(query.value), deps)
    if (!key.ok) return problemResponse(c, key.failure)
    const card = await readRequest(c, cardRequest)
    if (!card.ok) return problemResponse(c, card.failure)
    const registered = await registerCard(key.value, card.value, deps)
    if (!registered.ok) return problemResponse(c, registered.failure)
    // If this fails, the key stays due, and a job tries it again.
    if (registered.value.replaces !== null) await replaceKey(registered.value, deps)
    return c.json(toResponse(registered.value, deps))
  })

  app.delete('/billing-keys/:customer_uid', async (c) => {
    const query = readQuery(c, deletionQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const key = await readKey(c, toNamedPayee(query.value), deps)
    if (!key.ok) return problemResponse(c, key.failure)
    const { reason = null, requester } = query.value
    const deleted = await deleteKey(key.value, { reason, requester }, deps)
    if (!deleted.ok) return problemResponse(c, deleted.failure)
    return c.json(toResponse(deleted.value, deps))
  })

  app.get('/customers/:customer_id/billing-keys', async (c) => {
    const customer = readCustomer(c)
    if (!customer.ok) return problemResponse(c, customer.failure)
    const query = readQuery(c, billingKeyQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { after, limit } = query.value
    const payee = toKnownPayee(query.value, deps)
    if (!payee.ok) return problemResponse(c, payee.failure)
    const { billingKeys } = store
    const { mode } = config
    const listed = await billingKeys.ofCustomer(customer.value, mode, after, limit, payee.value)
    if (!listed.ok) return problemResponse(c, listed.failure)
    const ids = listed.value.map(({ registrationId }) => ({ id: registrationId }))
    const billing_keys = listed.value.map((each) => toResponse(each, deps))
    return c.json({ billing_keys, next: toNext(ids, limit) })
  })

  app.put('/customers/:customer_id/billing-keys', async (c) => {
    const customer = readCustomer(c)
    if (!customer.ok) return problemResponse(c, customer.failure)
    const query = readQuery(c, keyQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const named = toKnownPayee(query.value, deps)
    if (!named.ok) return problemResponse(c, named.failure)
    const { value: payee } = named
    const body = await readRequest(c, preferenceRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const keys: string[] = []
    const ordered: BillingKeyResponse[] = []
    for (const [preference, id] of body.value.customer_uids.entries()) {
      const key = await findKey(id, payee, deps)
      if (!key.ok) return problemResponse(c, key.failure)
      const { customerId: owner, customerUid, state } = key.value
      if (owner !== customer.value)
        return problemResponse(c, { reason: 'billing_key_of_another_customer' })
      if (state !== 'registered')
        return problemResponse(c, { reason: 'billing_key_not_registered' })
      keys.push(customerUid)
      ordered.push(toResponse({ ...key.value, preference }, deps))
    }
    const written = await store.billingKeys.prefer(customer.value, config.mode, keys, payee)
    if (!written.ok) return problemResponse(c, written.failure)
    return c.json({ billing_keys: ordered, next: null })
  })
  return app
}

function readCustomer(c: Context): Result<string, Problem> {
  const read = validate(c.req.param('customer_id'), customerId)
  return read.ok ? read : fail({ reason: 'request_invalid', field: 'customer_id' })
}

/** Reads the key that a path names. One outside the grammar was never registered here. */
async function readKey(
  c: Context,
  payee: Payee | undefined,
  deps: Deps,
): Promise<Result<BillingKey, Problem>> {
  const id = validate(c.req.param('customer_uid'), customerUid)
  return id.ok ? findKey(id.value, payee, deps) : fail({ reason: 'billing_key_unknown' })
}

function toResponse(key: BillingKey, { config, now }: Deps): BillingKeyResponse {
  return {
    ...presentBillingKey(key),
    expires_soon: endsThisMonth(key.expiresAt, now()),
    mode: config.mode,
  }
}
