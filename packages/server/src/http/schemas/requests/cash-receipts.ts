import * as z from 'zod/mini'
import { once } from '../../../once.ts'

const name = once(() => z.optional(z.string().check(z.minLength(1), z.maxLength(100))))
const part = once(() => z.optional(z.number().check(z.nonnegative())))

/** The recipient. None of it is stored or logged. */
export const cashReceiptRequest = once(() =>
  z.strictObject({
    /** A telephone, business, resident or cash receipt card number. */
    identifier: z.string().check(z.regex(/^[0-9-]{4,24}$/)),
    identifier_type: z.optional(z.enum(['person', 'business', 'phone', 'taxcard'])),
    /** Income deduction (소득공제), the default, or proof of expense (지출증빙). */
    type: z.optional(z.enum(['person', 'company'])),
    buyer_name: name(),
    buyer_email: name(),
    buyer_tel: name(),
    /** Left out for an order that names its tax shares: what remains of them. */
    tax_free: part(),
    vat_amount: part(),
  }),
)
