import { fail, ok, type Result } from '@quayside/core'
import { checkOrder } from '@quayside/rules'
import { orderRules } from '@quayside/rules/orders'
import type { OrderFailure } from '../domain/failure.ts'
import type { OrderRequest } from '../domain/requests.ts'

/** The channel that an order names cannot take it; `parameters` are what it cannot take. */
export type ChannelUnsuitable = Extract<OrderFailure, { readonly reason: 'channel_unsuitable' }>

/** The names of the request, where they are others than those of the window. */
const fields: Readonly<Record<string, string>> = {
  pay_method: 'expected_channel.pay_methods',
}

/**
 * Whether the channel that an order names can take it, as far as the provider's pages say. Nothing is known of an order
 * that names no PG, and the merchant may know better.
 */
export function checkChannel(order: OrderRequest): Result<void, ChannelUnsuitable> {
  const { expected_channel: channel } = order
  const pg = channel?.pg_provider
  if (pg === undefined || channel?.ignore_rules === true) return ok(undefined)
  const rules = Object.hasOwn(orderRules, pg) ? orderRules[pg] : undefined
  if (rules === undefined) return ok(undefined)
  const problems = checkOrder(
    {
      merchant_uid: order.merchantUid,
      amount: order.amount,
      currency: order.currency,
      tax_free: order.tax_free,
      vat_amount: order.vat_amount,
      naverProducts: order.naverProducts,
      pay_methods: channel?.pay_methods,
      issues_key: order.allowances?.includes('billing_key_charge'),
    },
    rules,
  )
  if (problems.length === 0) return ok(undefined)
  const join = (language: 'ko' | 'en') => problems.map((problem) => problem[language]).join('; ')
  return fail({
    reason: 'channel_unsuitable',
    parameters: problems.map(({ parameter }) => fields[parameter] ?? parameter),
    detail: { ko: join('ko'), en: join('en') },
  })
}
