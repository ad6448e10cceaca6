import type { MerchantUid } from '@quayside/core'
import { type Context, Hono } from 'hono'
import type * as z from 'zod/mini'
import type { Deps } from '../../deps.ts'
import type { IdentityVerification } from '../../domain/identity-verification.ts'
import { toNamedPayee } from '../../domain/payee.ts'
import { presentIdentityVerification } from '../../events/present-identity-verification.ts'
import {
  createVerification,
  type RequestedVerification,
} from '../../identity-verifications/create-verification.ts'
import { deleteVerificationRecord } from '../../identity-verifications/delete-record.ts'
import { useVerification } from '../../identity-verifications/use-verification.ts'
import { isVerificationId } from '../../identity-verifications/verification-id.ts'
import { toOrderToken } from '../../orders/order-token.ts'
import { toMerchant } from '../../payees.ts'
import { requireApiKey } from '../api-key.ts'
import { problemResponse } from '../problem-response.ts'
import {
  identityVerificationRequest,
  identityVerificationUse,
} from '../schemas/requests/identity-verifications.ts'
import type {
  IdentityVerificationResponse,
  WindowParams,
} from '../schemas/responses/identity-verifications.ts'
import { limitBody, readMerchantUid, readRequest } from '../validate.ts'

type RequestBody = z.output<ReturnType<typeof identityVerificationRequest>>

/** The routes that create, read and use identity verifications, and delete their records at the provider. */
export function identityVerificationRoutes(deps: Deps): Hono {
  const { store, config } = deps
  const app = new Hono()
  app.use('/identity-verifications/*', requireApiKey(config.merchantApiKeys), limitBody)

  app.post('/identity-verifications', async (c) => {
    const body = await readRequest(c, identityVerificationRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const created = await createVerification(toRequested(body.value), deps)
    if (!created.ok) return problemResponse(c, created.failure)
    const certification = toWindowParams(created.value, body.value, config.publicUrl)
    const token = await toOrderToken(created.value.id, config, deps.now())
    const merchant = toMerchant(created.value.payee, deps)
    const response = {
      ...toResponse(created.value, deps),
      certification,
      ...(merchant === undefined ? {} : { user_code: merchant.userCode }),
      token,
    }
    return c.json(response, 201)
  })

  app.get('/identity-verifications/:id', async (c) => {
    const id = readId(c)
    if (id === null) return problemResponse(c, { reason: 'identity_verification_unknown' })
    const found = await store.identityVerifications.find(id)
    if (!found.ok) return problemResponse(c, found.failure)
    if (found.value === null) return problemResponse(c, { reason: 'identity_verification_unknown' })
    return c.json(toResponse(found.value, deps))
  })

  app.post('/identity-verifications/:id/use', async (c) => {
    const id = readId(c)
    const body = await readRequest(c, identityVerificationUse)
    if (!body.ok) return problemResponse(c, body.failure)
    if (id === null) return problemResponse(c, { reason: 'identity_verification_unknown' })
    const { purpose, customer_id: customerId, reference } = body.value
    const used = await useVerification(id, { purpose, customerId, reference }, deps)
    return used.ok ? c.json(toResponse(used.value, deps)) : problemResponse(c, used.failure)
  })

  app.post('/identity-verifications/:id/delete-record', async (c) => {
    const id = readId(c)
    if (id === null) return problemResponse(c, { reason: 'identity_verification_unknown' })
    const deleted = await deleteVerificationRecord(id, deps)
    return deleted.ok
      ? c.json(toResponse(deleted.value, deps))
      : problemResponse(c, deleted.failure)
  })
  return app
}

/** Null for an id that was never drawn. */
function readId(c: Context): MerchantUid | null {
  const id = readMerchantUid(c.req.param('id') ?? '')
  return id.ok && isVerificationId(id.value) ? id.value : null
}

function toRequested(body: RequestBody): RequestedVerification {
  const { expected } = body
  const payee = toNamedPayee(body)
  return {
    ...(payee === undefined ? {} : { payee }),
    customerId: body.customer_id,
    purpose: body.purpose,
    minimumAge: body.minimum_age ?? null,
    pgProvider: body.pg?.split('.', 1)[0] ?? null,
    isOncePerPerson: body.once_per_person ?? false,
    keepsPersonKey: body.keep?.includes('person_key') ?? false,
    deletesRecord: body.delete_record ?? false,
    keptDays: body.keep_days ?? null,
    person:
      expected === undefined
        ? null
        : {
            name: expected.name ?? null,
            birthday: expected.birthday ?? null,
            phone: expected.phone ?? null,
            personKey: expected.person_key ?? null,
          },
  }
}

/** The names of the provider's script. What is known of the person is shown here and never again. */
function toWindowParams(
  { id, minimumAge }: IdentityVerification,
  { channel_key: channelKey, pg, expected }: RequestBody,
  publicUrl: string | null,
): WindowParams {
  return {
    merchant_uid: id,
    ...(channelKey === undefined ? {} : { channelKey }),
    ...(pg === undefined ? {} : { pg }),
    ...(minimumAge === null ? {} : { min_age: minimumAge }),
    ...(expected?.name === undefined ? {} : { name: expected.name }),
    ...(expected?.phone === undefined ? {} : { phone: expected.phone }),
    ...(publicUrl === null ? {} : { m_redirect_url: `${publicUrl}/payments/redirect` }),
  }
}

function toResponse(
  verification: IdentityVerification,
  { config }: Deps,
): IdentityVerificationResponse {
  return { ...presentIdentityVerification(verification), mode: config.mode }
}
