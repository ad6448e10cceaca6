import * as z from 'zod/mini'
import { once } from '../../../once.ts'

// Which fields are required depends on the PG.

const text = once(() => z.string().check(z.minLength(1), z.maxLength(200)))
const optional = once(() => z.exactOptional(text()))
const formedAddress = once(() =>
  z.exactOptional(z.strictObject({ address_line_1: optional(), address_line_2: optional() })),
)
const receiver = once(() =>
  z.strictObject({
    name: optional(),
    tel: optional(),
    addr: optional(),
    postcode: optional(),
    /** `smartro_v2` takes it instead of `addr`. */
    formed_address: formedAddress(),
  }),
)

/** Sender and receiver are neither stored nor logged. */
export const escrowDeliveryChange = once(() =>
  z.strictObject({
    sender: z.extend(receiver(), { relationship: optional() }),
    receiver: receiver(),
    logis: z.strictObject({
      /** The courier, such as `CJGLS`. */
      company: text(),
      /** The tracking number. */
      invoice: text(),
      sent_at: z.iso.datetime({ offset: true }),
      receiving_at: z.exactOptional(z.string().check(z.regex(/^\d{8}$/))),
      address: optional(),
    }),
    /** Required by Welcome. */
    products: z.exactOptional(
      z
        .array(
          z.strictObject({
            id: text(),
            name: text(),
            amount: z.number().check(z.nonnegative()),
            code: optional(),
            currency: optional(),
            quantity: z.exactOptional(z.int().check(z.positive())),
            tag: optional(),
          }),
        )
        .check(z.maxLength(50)),
    ),
  }),
)

export const escrowDeliveryRequest = once(() =>
  z.extend(escrowDeliveryChange(), {
    /** `nice_v2`: whether the buyer receives an email. */
    send_email: z.exactOptional(z.boolean()),
  }),
)
