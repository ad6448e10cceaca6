import { type ClientFailure, links } from '@quayside/client'
import { fail, type MerchantUid, ok, type Payee, type Result, toAmount } from '@quayside/core'
import type { Config } from '../config/config.ts'
import type { Deps } from '../deps.ts'
import { readPayee } from '../domain/payee.ts'
import type { NewPaymentLink, PaymentLink } from '../domain/payment-link.ts'
import type { LinkRequest } from '../domain/requests.ts'
import { isOpen } from '../domain/status.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import { findUnknownPayee, toDepsOf } from '../payees.ts'
import { maxLinksPerOrder } from '../ports/payment-links.ts'
import type { LinkFailure } from './failure.ts'

const hourMs = 3_600_000
const defaultHours = 24

/**
 * Creates a payment link for an order that can be paid. A payment by link is completed like any other: by its webhook, or
 * by the recovery jobs.
 *
 * @returns The link. When the answer was lost, a repeated request makes another link: both can pay the order once.
 */
export async function createLink(
  merchantUid: MerchantUid,
  request: LinkRequest,
  deps: Deps,
): Promise<Result<PaymentLink, LinkFailure>> {
  const { config, store, now } = deps
  const stored = await store.orders.read(merchantUid)
  if (!stored.ok) return stored
  const { order, shares } = stored.value
  const unknown = findUnknownPayee(order.payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const userCode =
    order.payee === undefined ? config.userCode : (deps.payees?.userCodeOf(order.payee) ?? null)
  if (userCode === null) {
    return fail({ reason: 'configuration', detail: `Missing setting: ${toCodeName(order.payee)}` })
  }
  if (readPayee(order.payee).tier !== null) return fail({ reason: 'link_without_tier' })
  if (!isOpen(order.status)) return fail({ reason: 'order_not_open', detail: order.status })
  if (shares.vat !== null) return fail({ reason: 'link_without_vat' })
  const existing = await store.paymentLinks.ofOrder(merchantUid)
  if (!existing.ok) return existing
  if (existing.value.length >= maxLinksPerOrder) return fail({ reason: 'too_many_links' })

  const createdAt = now()
  const hours = request.expires_in_hours ?? defaultHours
  // The provider counts in seconds.
  const expiresAt = new Date(Math.floor((createdAt.getTime() + hours * hourMs) / 1000) * 1000)
  const created = await toDepsOf(order.payee, deps).client.call(links.post, {
    payment_info: toPayment(stored.value, request, config, userCode),
    expired_at: expiresAt.getTime() / 1000,
  })
  if (!created.ok) return fail(toLinkFailure(created.failure))
  const url: unknown = created.value.shortenedUrl
  const id = typeof url === 'string' ? toLinkId(url) : null
  if (typeof url !== 'string' || id === null) return fail({ reason: 'provider_unavailable' })
  const link: NewPaymentLink = { id, merchantUid, url, expiresAt }
  const added = await store.paymentLinks.add(link)
  return added.ok ? ok({ ...link, createdAt, closedAt: null, outcome: null }) : added
}

function toCodeName(payee: Payee | undefined): string {
  const { account } = readPayee(payee)
  return account === null ? 'USER_CODE' : `ACCOUNTS.${account}.user_code`
}

/** Returns what a failed call of the link service means for the merchant's request. */
export function toLinkFailure(failure: ClientFailure): LinkFailure {
  switch (failure.reason) {
    case 'refused':
    case 'not_found':
      return { reason: 'link_refused', detail: failure.message }
    case 'invalid_argument':
    case 'unauthorized':
    case 'rate_limited':
    case 'server_error':
    case 'unexpected_status':
    case 'malformed_response':
    case 'timeout':
    case 'aborted':
    case 'unreachable':
    case 'outcome_unknown':
      return { reason: 'provider_unavailable', cause: failure }
  }
}

function toPayment(
  { order: { merchantUid, amount }, name, shares: { taxFree } }: StoredOrder,
  { title, buyer, pay_methods, language }: LinkRequest,
  { publicUrl }: Config,
  userCode: string,
): links.LinkPayment {
  return {
    title: title ?? name ?? merchantUid,
    user_code: userCode,
    amount: toAmount(amount),
    currency: amount.currency,
    merchant_uid: merchantUid,
    name: name ?? merchantUid,
    ...(taxFree === null ? {} : { tax_free: toAmount(taxFree) }),
    buyer_tel: buyer.tel,
    pay_methods: pay_methods.map(toMethod),
    ...(buyer.name === undefined ? {} : { buyer_name: buyer.name }),
    ...(buyer.email === undefined ? {} : { buyer_email: buyer.email }),
    ...(language === undefined ? {} : { language }),
    ...(publicUrl === null ? {} : { notice_url: `${publicUrl}/payments/webhook` }),
  }
}

function toMethod({ label, ...method }: LinkRequest['pay_methods'][number]): links.LinkMethod & {
  readonly label?: string
} {
  return label === undefined ? method : { ...method, label }
}

function toLinkId(address: string): string | null {
  const url = URL.parse(address)
  const id = url?.pathname.split('/').at(-1) ?? ''
  return /^https?:$/.test(url?.protocol ?? '') && /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : null
}
