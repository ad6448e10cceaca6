import type { Channel } from '../domain/channel/channel.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Card, Deposit, Payment, Refund } from '../domain/payment/payment.ts'
import type { Prepared } from '../domain/records.ts'
import { hasSlip, slipUrlOf } from '../domain/slip.ts'

/** A record in the provider's JSON. */
export type WireRecord = Record<string, unknown>

/**
 * Turns a payment into the provider's JSON: every member there is, in alphabetical order. `origin` is where browsers
 * reach its slips.
 */
export function serializePayment(payment: Payment, origin: string): WireRecord {
  const wire = {
    ...orderFields(payment),
    ...channelFields(payment, origin),
    ...outcomeFields(payment, origin),
    ...paymentMethodFields(payment),
    ...payment.overrides,
  }
  return Object.fromEntries(Object.entries(wire).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Turns a pre-registered amount into the provider's JSON. */
export function serializePrepared({ merchantUid, amount, currency }: Prepared): WireRecord {
  return { merchant_uid: merchantUid, amount, currency }
}

/** The status in the provider's JSON, which a test may override. */
export function wireStatus(payment: Payment): string {
  const { status } = payment.overrides
  return typeof status === 'string' ? status : payment.status
}

function orderFields(payment: Payment): WireRecord {
  const { buyer, currency } = payment
  return {
    amount: toAmount(payment.amountMinor, currency),
    buyer_addr: buyer.addr,
    buyer_email: buyer.email,
    buyer_name: buyer.name,
    buyer_postcode: buyer.postcode,
    buyer_tel: buyer.tel,
    currency,
    custom_data: payment.customData,
    customer_uid: payment.customerUid,
    customer_uid_usage: payment.usage,
    escrow: payment.escrow,
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    name: payment.name,
    pay_method: payment.payMethod,
    promotion: payment.promotion && {
      id: payment.promotion.id,
      discount: toAmount(payment.promotion.discountMinor, currency),
    },
    user_agent: payment.userAgent,
  }
}

function channelFields(payment: Payment, origin: string): WireRecord {
  const { channel, via, pgTid, applyNum } = payment
  return {
    apply_num: applyNum,
    channel: via,
    emb_pg_provider: embeddedProviderOf(payment),
    pg_id: channel.pg_id,
    pg_provider: channel.pg_provider,
    pg_tid: pgTid,
    receipt_url: hasSlip(payment) ? slipUrlOf(origin, pgTid ?? '') : null,
    sandbox: channel.sandbox,
  }
}

function outcomeFields(payment: Payment, origin: string): WireRecord {
  const { refunds, currency } = payment
  const last = refunds.at(-1)
  const cancelledMinor = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return {
    cancel_amount: toAmount(cancelledMinor, currency),
    cancel_history: refunds.map((entry) => serializeRefund(entry, currency, origin)),
    cancel_reason: last?.reason ?? null,
    cancel_receipt_urls: refunds.map(({ pgTid }) => slipUrlOf(origin, pgTid)),
    cancelled_at: last?.at ?? 0,
    cash_receipt_issued: false,
    deposit_history: (payment.account?.deposits ?? []).map((entry) =>
      serializeDeposit(entry, currency),
    ),
    fail_reason: payment.failReason,
    failed_at: payment.failedAt ?? 0,
    paid_at: payment.paidAt ?? 0,
    started_at: payment.startedAt,
    status: payment.status,
  }
}

function serializeDeposit(entry: Deposit, currency: string): WireRecord {
  return {
    amount: toAmount(entry.amountMinor, currency),
    deposited_at: entry.at,
    depositor_name: entry.depositor,
    pg_tid: entry.pgTid,
  }
}

function serializeRefund(entry: Refund, currency: string, origin: string): WireRecord {
  return {
    amount: toAmount(entry.amountMinor, currency),
    cancellation_id: entry.cancellationId,
    cancelled_at: entry.at,
    pg_tid: entry.pgTid,
    reason: entry.reason,
    receipt_url: slipUrlOf(origin, entry.pgTid),
  }
}

/** The card's members of a payment and of a billing key. */
export function serializeCard(card: Card | null, channel: Channel): WireRecord {
  const detail = hasIssuer(channel) ? card : null
  return {
    card_code: card?.code ?? null,
    card_issuer_code: detail?.code ?? null,
    card_issuer_name: detail?.name ?? null,
    card_name: card?.name ?? null,
    card_number: card?.number ?? null,
    card_publisher_code: detail?.code ?? null,
    card_publisher_name: detail?.name ?? null,
    card_type: card?.type ?? null,
  }
}

function paymentMethodFields({ card, account, payMethod, channel }: Payment): WireRecord {
  const isTransfer = payMethod === 'trans'
  // Daou does not tell the bank's code.
  const hasBankCode = isTransfer && channel.pg_provider !== 'daou'
  return {
    ...serializeCard(card, channel),
    bank_code: hasBankCode ? '088' : null,
    bank_name: isTransfer ? '신한은행' : null,
    card_quota: card?.quota ?? 0,
    vbank_code: account?.code ?? null,
    vbank_date: account?.dueAt ?? 0,
    vbank_holder: account?.holder ?? null,
    vbank_issued_at: account?.issuedAt ?? 0,
    vbank_name: account?.name ?? null,
    vbank_num: account?.num ?? null,
  }
}

const easyPays =
  'kakaopay naverpay naverpay_card naverpay_point payco lpay ssgpay ssgpay_bank samsung samsungpay applepay tosspay tosspay_card tosspay_money skpay pinpay'.split(
    ' ',
  )

// An easy pay inside another PG's window; a wallet's own channel embeds nothing.
function embeddedProviderOf({ payMethod, channel }: Payment): string | null {
  const [wallet = ''] = payMethod.split('_')
  return easyPays.includes(payMethod) && !channel.pg_provider.startsWith(wallet) ? payMethod : null
}

// Only these modules return issuer and publisher; they are null at every other PG.
function hasIssuer({ pg_provider }: Channel): boolean {
  return ['tosspayments', 'ksnet', 'smartro_v2', 'nice_v2', 'welcome', 'tosspay_v2'].includes(
    pg_provider,
  )
}
