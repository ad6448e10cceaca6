import * as z from 'zod/mini'
import { once } from '../../../once.ts'
import { payeeRequest } from './orders.ts'

/** Text of one line, which every database stores as it is. */
const line = (most: number) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u))

const customerId = once(() => line(128))
const purpose = once(() => line(64))

/** What is known of the person: each has to be reported and equal. */
const expectedPerson = once(() =>
  z
    .strictObject({
      name: z.optional(line(100)),
      /** `YYYY-MM-DD`. */
      birthday: z.optional(z.iso.date()),
      phone: z.optional(z.string().check(z.regex(/^\+?[\d ()-]{9,20}$/))),
      /** `person_key` of an earlier verification. */
      person_key: z.optional(z.string().check(z.regex(/^(ci|di):[\w-]{43}$/))),
    })
    .check(z.refine((person) => Object.keys(person).length > 0)),
)

export const identityVerificationRequest = once(() =>
  z.strictObject({
    customer_id: customerId(),
    ...payeeRequest(),
    purpose: purpose(),
    /** Full years, counted on the day in Seoul. */
    minimum_age: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(120))),
    /** The channel of the window: its key, or the PG, such as `danal` or `danal.A010002002`. */
    channel_key: z.optional(line(80)),
    pg: z.optional(z.string().check(z.regex(/^[a-z0-9_]{1,32}(\.[\w-]{1,32})?$/))),
    expected: z.optional(expectedPerson()),
    /** Whether a person may be verified for this purpose once. */
    once_per_person: z.optional(z.boolean()),
    /** What is kept beside the result. */
    keep: z.optional(z.array(z.enum(['person_key'])).check(z.maxLength(1))),
    /** For how many days; the server's RETENTION_DAYS by default. */
    keep_days: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(3_650))),
    /** Whether the provider's record is deleted once the result is recorded. */
    delete_record: z.optional(z.boolean()),
  }),
)

export const identityVerificationUse = once(() =>
  z.strictObject({
    purpose: purpose(),
    customer_id: customerId(),
    /** What it is used for, such as the id of an order: the same use may be requested again. */
    reference: line(128),
  }),
)

/** Any other id was never drawn. */
export const identityVerificationId = once(() =>
  z.string().check(z.regex(/^identity[0-9a-z]{24}$/)),
)
