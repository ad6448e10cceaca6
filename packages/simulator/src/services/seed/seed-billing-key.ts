import type { SimulatorContext } from '../../context.ts'
import type { BillingKey } from '../../domain/billing/billing-key.ts'
import { defaultCard } from '../../domain/billing/card.ts'
import { cardCompanies } from '../../domain/channel/institutions.ts'
import type { Card } from '../../domain/payment/payment.ts'
import type { Params } from '../../runtime/params.ts'
import { saveBillingKey } from '../billing/issue-billing-key.ts'
import { createFieldReader, type FieldReader, type ReadResult, resultOf } from '../field-reader.ts'

/** PGs whose keys carry no card data. */
const withoutCard = ['paypal_v2']

/** Stores a billing key, as issued by a window. */
export function seedBillingKey(context: SimulatorContext, params: Params): ReadResult<BillingKey> {
  const fields = createFieldReader(params)
  fields.allowOnly(
    'customer_uid customer_id pg_provider channel_key pay_method card_code card_number card_type customer_name customer_tel customer_email customer_addr customer_postcode inserted updated'.split(
      ' ',
    ),
  )
  const customerUid = fields.text('customer_uid', { max: 80 })
  const key = fields.optional('channel_key', 55)
  const provider = fields.optional('pg_provider', 16)
  const channel = context.channels.find(
    ({ pg_provider, channel_key, type }) =>
      type !== 'certification' &&
      (key === null || channel_key === key) &&
      (provider === null || pg_provider === provider),
  )
  if (channel === undefined) {
    return fields.refuse(key === null ? 'pg_provider' : 'channel_key', 'one of the channels')
  }
  const text = (name: string, max: number) => fields.optional(name, max) ?? ''
  const card = withoutCard.includes(channel.pg_provider) ? null : readCard(fields)
  const payMethod = fields.text('pay_method', { max: 20, fallback: 'card' })
  const issue = {
    customerUid,
    customerId: fields.optional('customer_id', 80),
    holder: {
      name: text('customer_name', 20),
      email: text('customer_email', 200),
      tel: text('customer_tel', 20),
      addr: text('customer_addr', 200),
      postcode: text('customer_postcode', 8),
    },
    issued: [{ channel, payMethod, card, behaviour: 'normal', validUntil: null }],
    group: null,
  } as const
  const now = context.clock.seconds()
  const updatedAt = fields.seconds('updated', now)
  const insertedAt = fields.seconds('inserted', updatedAt)
  if (insertedAt > updatedAt) fields.fail('updated', 'not before inserted')
  const result = resultOf(fields, null)
  if (!result.ok) return result
  const stored = { ...saveBillingKey(context, issue), insertedAt, updatedAt }
  context.state.billingKeys.set(customerUid, stored)
  return { ok: true, value: stored }
}

function readCard(fields: FieldReader): Card {
  const codes = cardCompanies.map((company) => company.code)
  const code = fields.oneOf('card_code', codes, defaultCard.code)
  return {
    ...defaultCard,
    code,
    name: cardCompanies.find((company) => company.code === code)?.name ?? defaultCard.name,
    number: fields.text('card_number', { max: 20, fallback: defaultCard.number }),
    type: fields.oneOf('card_type', ['0', '1'], '0') === '0' ? 0 : 1,
  }
}
