import * as z from 'zod/mini'
import { instant, mode, payeeFields } from './schemas.ts'

export const identityVerificationFields = z.strictObject({
  /** The `merchant_uid` of its window. */
  id: z.string(),
  ...payeeFields,
  customer_id: z.string(),
  purpose: z.string(),
  status: z.enum(['pending', 'verified', 'refused']),
  /** Why it was refused; null otherwise. */
  reason: z.nullable(
    z.enum([
      'certified_before_request',
      'certification_expired',
      'channel_mismatch',
      'birthday_missing',
      'age_below_minimum',
      'person_detail_missing',
      'person_mismatch',
      'person_key_missing',
      'person_already_verified',
    ]),
  ),
  /** Which detail of the person differs, or is not reported; null for any other reason. */
  detail: z.nullable(z.enum(['name', 'birthday', 'phone', 'person_key'])),
  minimum_age: z.nullable(z.int()),
  /** Null while it is not known, and without a least age. */
  is_age_reached: z.nullable(z.boolean()),
  once_per_person: z.boolean(),
  /** A keyed digest of the CI or DI, the same for the same person; null where none is kept. */
  person_key: z.nullable(z.string()),
  imp_uid: z.nullable(z.string()),
  certified_at: instant,
  /** What it was used for, and when; null before. */
  use: z.nullable(z.strictObject({ reference: z.string(), at: z.iso.datetime() })),
  /** The state of the provider's own record; null before there is a result. */
  provider_record: z.nullable(z.enum(['kept', 'deleting', 'deleted'])),
  sequence: z.int(),
  created_at: z.iso.datetime(),
  /** When everything about it is deleted here. */
  kept_until: z.iso.datetime(),
})

/** An identity verification as the merchant API and its events show it. */
export type IdentityVerificationFields = z.infer<typeof identityVerificationFields>

/** An event of an identity verification. */
export const identityVerificationEvent = z.strictObject({
  type: z.enum(['identity_verification.verified', 'identity_verification.refused']),
  timestamp: z.iso.datetime(),
  data: z.strictObject({ identity_verification: identityVerificationFields, mode }),
})
