import * as z from 'zod/mini'
import { orderStatuses } from '../../../domain/status.ts'
import { once } from '../../../once.ts'
import { merchantUid } from './orders.ts'

export const historyQuery = once(() =>
  z.strictObject({
    /** The `next` of the page before. */
    after: z._default(z.string().check(z.maxLength(200)), ''),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  }),
)

const instant = once(() => z.optional(z.iso.datetime({ offset: true })))

/** Of the three filters by creation, by payment and by id one may be used, each with a status. */
export const orderQuery = once(() =>
  z.strictObject({
    status: z.optional(z.enum(orderStatuses)),
    /** Created at or after this instant. */
    created_from: instant(),
    /** Created before this instant. */
    created_to: instant(),
    /** Paid at or after this instant. */
    paid_from: instant(),
    /** Paid before this instant. */
    paid_to: instant(),
    /** The beginning of the id, letter by letter as it is written. */
    merchant_uid_prefix: z.optional(merchantUid()),
    /** The `next` of the page before. */
    after: z._default(z.string().check(z.maxLength(60)), ''),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  }),
)
