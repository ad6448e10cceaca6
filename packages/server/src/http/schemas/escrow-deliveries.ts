import * as z from 'zod/mini'

// Requests and responses of escrow deliveries. Which fields are required depends on the PG.

const text = z.string().check(z.minLength(1), z.maxLength(200))
const optional = z.exactOptional(text)
const formedAddress = z.exactOptional(
  z.strictObject({ address_line_1: optional, address_line_2: optional }),
)
const receiver = z.strictObject({
  name: optional,
  tel: optional,
  addr: optional,
  postcode: optional,
  /** `smartro_v2` takes it instead of `addr`. */
  formed_address: formedAddress,
})

/** Sender and receiver are neither stored nor logged. */
export const escrowDeliveryChange = z.strictObject({
  sender: z.extend(receiver, { relationship: optional }),
  receiver,
  logis: z.strictObject({
    /** The courier, such as `CJGLS`. */
    company: text,
    /** The tracking number. */
    invoice: text,
    sent_at: z.iso.datetime({ offset: true }),
    receiving_at: z.exactOptional(z.string().check(z.regex(/^\d{8}$/))),
    address: optional,
  }),
  /** Required by Welcome. */
  products: z.exactOptional(
    z
      .array(
        z.strictObject({
          id: text,
          name: text,
          amount: z.number().check(z.nonnegative()),
          code: optional,
          currency: optional,
          quantity: z.exactOptional(z.int().check(z.positive())),
          tag: optional,
        }),
      )
      .check(z.maxLength(50)),
  ),
})

export const escrowDeliveryRequest = z.extend(escrowDeliveryChange, {
  /** `nice_v2`: whether the buyer receives an email. */
  send_email: z.exactOptional(z.boolean()),
})

export const escrowDeliveryResponse = z.strictObject({
  merchant_uid: z.string(),
  company: z.string(),
  invoice: z.string(),
  sent_at: z.iso.datetime(),
  registered_at: z.iso.datetime(),
})

export type EscrowDeliveryResponse = z.infer<typeof escrowDeliveryResponse>
