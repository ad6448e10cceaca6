// The members of a seeded payment, each checked against what the provider could have recorded.
import type { SimulatorContext } from '../../context.ts'
import { defaultCard } from '../../domain/billing/card.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import { banks, cardCompanies } from '../../domain/channel/institutions.ts'
import type { Card, Payment, Status } from '../../domain/payment/payment.ts'
import { isRecord, type Params, textOf } from '../../runtime/params.ts'
import { type FieldReader, type ReadResult, resultOf } from '../field-reader.ts'
import { newApproval } from '../payment/approval.ts'
import { customDataOf, noticeUrlsOf } from '../payment/open-payment.ts'

/** Every member of a seeded payment. */
export const paymentMembers =
  'imp_uid merchant_uid amount currency status pay_method pg_provider channel_key sandbox channel name buyer_name buyer_email buyer_tel buyer_addr buyer_postcode custom_data customer_uid customer_uid_usage customer_id escrow notice_url confirm_url user_agent started_at paid_at failed_at fail_reason cancel_amount cancelled_at cancel_reason vbank_code vbank_num vbank_holder vbank_date card_code card_number card_quota card_type apply_num pg_tid barcode expired_at member_id kcp_action overrides'.split(
    ' ',
  )

/** Members of the record that a seed takes as they are: nothing else depends on them. */
export const shownMembers =
  'pg_id emb_pg_provider bank_code bank_name card_name card_issuer_code card_issuer_name card_publisher_code card_publisher_name vbank_name vbank_issued_at receipt_url cash_receipt_issued promotion'.split(
    ' ',
  )

/** Methods that one PG has and no other. */
const ownMethods: Readonly<Record<string, readonly string[]>> = {
  cvs: ['galaxia'],
  paypal: ['paypal_v2', 'paypal'],
  toss_brandpay: ['toss_brandpay'],
}

/** PGs that issue no virtual accounts. */
const withoutAccounts =
  'kakaopay naverpay tosspay tosspay_v2 paypal_v2 paypal paymentwall toss_brandpay chai alipay kcp_quick danal'.split(
    ' ',
  )

/** The method and the channel of a payment, which must fit each other. */
export function readMethod(
  { channels }: SimulatorContext,
  fields: FieldReader,
): ReadResult<{ readonly payMethod: string; readonly channel: Channel }> {
  const payMethod = fields.text('pay_method', { max: 20, fallback: 'card' })
  const key = fields.optional('channel_key', 55)
  const provider = fields.optional('pg_provider', 16) ?? ownMethods[payMethod]?.[0] ?? null
  const channel = channels.find(
    ({ pg_provider, channel_key, type }) =>
      type !== 'certification' &&
      (key === null || channel_key === key) &&
      (provider === null || pg_provider === provider),
  )
  if (channel === undefined) {
    return fields.refuse(key === null ? 'pg_provider' : 'channel_key', 'one of the channels')
  }
  const owners = ownMethods[payMethod]
  const isForeign = owners !== undefined && !owners.includes(channel.pg_provider)
  const hasNoAccounts = payMethod === 'vbank' && withoutAccounts.includes(channel.pg_provider)
  if (isForeign || hasNoAccounts) fields.fail('pay_method', `a method of ${channel.pg_provider}`)
  const sandbox = fields.flag('sandbox', channel.sandbox)
  return resultOf(fields, { payMethod, channel: { ...channel, sandbox } })
}

/** The status of a payment and the moments that belong to it. */
export function readOutcome(
  { clock, partialStatus }: SimulatorContext,
  fields: FieldReader,
  { amountMinor, currency, params }: { amountMinor: number; currency: string; params: Params },
) {
  const cancelMinor = fields.amount('cancel_amount', { currency, min: 0, fallback: 0 })
  const isPart = cancelMinor > 0 && cancelMinor < amountMinor
  const status = fields.oneOf<Status>(
    'status',
    ['ready', 'paid', 'failed', 'cancelled'],
    cancelMinor === 0 ? 'paid' : isPart ? partialStatus : 'cancelled',
  )
  const isPaid = status === 'paid' || status === 'cancelled'
  const isFullCancel = status === 'cancelled' && params['cancel_amount'] === undefined
  const cancelledMinor = isFullCancel ? amountMinor : cancelMinor
  if (cancelledMinor > amountMinor) fields.fail('cancel_amount', 'at most the amount')
  if (cancelledMinor > 0 && !isPaid) fields.fail('cancel_amount', '0 before a payment')
  if (cancelledMinor === 0 && status === 'cancelled') fields.fail('cancel_amount', 'more than 0')

  const now = clock.seconds()
  const given = ['paid_at', 'failed_at', 'cancelled_at'].map((name) => fields.seconds(name, now))
  const startedAt = fields.seconds('started_at', Math.min(now, ...given))
  const paidAt = fields.seconds('paid_at', Math.max(now, startedAt))
  const failedAt = fields.seconds('failed_at', Math.max(now, startedAt))
  const cancelledAt = fields.seconds('cancelled_at', Math.max(now, paidAt))
  const moments = [
    ['paid_at', isPaid, paidAt >= startedAt, 'not before started_at'],
    ['failed_at', status === 'failed', failedAt >= startedAt, 'not before started_at'],
    ['cancelled_at', cancelledMinor > 0, cancelledAt >= paidAt, 'not before paid_at'],
  ] as const
  for (const [name, hasHappened, isInOrder, expected] of moments) {
    if (params[name] !== undefined && !hasHappened) fields.fail(name, `absent while ${status}`)
    if (hasHappened && !isInOrder) fields.fail(name, expected)
  }
  return { status, cancelledMinor, startedAt, paidAt, failedAt, cancelledAt }
}

/** The card of an approval: the default one where the seed names none; null for methods without a card. */
export function readApproval(context: SimulatorContext, fields: FieldReader, payment: Payment) {
  const approval = newApproval(context, payment)
  const code = fields.oneOf(
    'card_code',
    cardCompanies.map((company) => company.code),
    approval.card?.code ?? defaultCard.code,
  )
  const card: Card = {
    code,
    name: cardCompanies.find((company) => company.code === code)?.name ?? defaultCard.name,
    number: fields.text('card_number', { max: 20, fallback: defaultCard.number }),
    quota: fields.amount('card_quota', { currency: 'KRW', min: 0, fallback: 0 }),
    type: fields.oneOf('card_type', ['0', '1'], '0') === '0' ? 0 : 1,
  }
  return {
    pgTid: fields.text('pg_tid', { max: 64, fallback: approval.pgTid }),
    applyNum: fields.optional('apply_num', 20) ?? approval.applyNum,
    card: approval.card && card,
  }
}

/** The bank of a virtual account. */
export function readBank(fields: FieldReader): { readonly code: string; readonly name: string } {
  const code = fields.oneOf(
    'vbank_code',
    banks.map((bank) => bank.code),
    '004',
  )
  return banks.find((bank) => bank.code === code) ?? { code, name: '' }
}

/** The members that describe the order, its buyer and its billing key. */
export function readDetails(context: SimulatorContext, fields: FieldReader, params: Params) {
  const text = (name: string, max: number) => fields.optional(name, max) ?? ''
  const memberId = fields.optional('member_id', 16)
  const customerUid = fields.optional('customer_uid', 80)
  const usages = ['issue', 'payment', 'payment.scheduled'] as const
  const overrides = params['overrides'] ?? {}
  if (!isRecord(overrides)) fields.fail('overrides', 'an object')
  return {
    via: fields.oneOf('channel', ['pc', 'mobile', 'api'], 'pc'),
    name: text('name', 255),
    buyer: {
      name: text('buyer_name', 255),
      email: text('buyer_email', 255),
      tel: text('buyer_tel', 255),
      addr: text('buyer_addr', 255),
      postcode: text('buyer_postcode', 255),
    },
    customData: customDataOf(params['custom_data']),
    customerUid,
    usage: customerUid === null ? null : fields.oneOf('customer_uid_usage', usages, 'issue'),
    customerId: fields.optional('customer_id', 80),
    quick:
      memberId === null
        ? null
        : { memberId, action: fields.text('kcp_action', { max: 40, fallback: 'Pay' }) },
    escrow: fields.flag('escrow', false),
    userAgent: fields.optional('user_agent', 1000),
    noticeUrls: noticeUrlsOf(context, params['notice_url']),
    confirmUrl: textOf(params, 'confirm_url'),
    overrides: {
      ...Object.fromEntries(Object.entries(params).filter(([name]) => shownMembers.includes(name))),
      ...(isRecord(overrides) ? overrides : {}),
    },
  }
}
