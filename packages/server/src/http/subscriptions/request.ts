import {
  fail,
  type MerchantUid,
  ok,
  type Plan,
  parseMerchantUid,
  parseMoney,
  parsePlan,
  parseSubscriptionId,
  type Result,
  type SubscriptionId,
} from '@quayside/core'
import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { BuyerDetails } from '../../domain/buyer-details.ts'
import type { ChargeDetails } from '../../domain/charge-details.ts'
import type { SubscriptionRequestFailure } from '../../domain/subscription-failure.ts'
import type { subscriptionChange, subscriptionRequest } from '../schemas/requests/subscriptions.ts'

/** Reads the id in a path. An id outside the grammar was never created, so its subscription is unknown. */
export function readId(c: Context): Result<SubscriptionId, SubscriptionRequestFailure> {
  const id = parseSubscriptionId(c.req.param('id'))
  return id === null ? fail({ reason: 'subscription_unknown' }) : ok(id)
}

/** Checks what no schema can: whether the values of a plan fit together. */
export function readPlan(value: unknown): Result<Plan, SubscriptionRequestFailure> {
  const plan = parsePlan(value)
  if (plan.ok) return plan
  const { failure } = plan
  switch (failure.reason) {
    case 'plan_malformed':
      return fail({
        reason: 'request_invalid',
        field: ['plan', failure.field].filter(Boolean).join('.'),
      })
    case 'currency_unknown':
      return fail({ reason: 'request_invalid', field: 'plan.currency' })
    case 'plan_amount_zero':
    case 'amount_malformed':
      return fail({ reason: 'request_invalid', field: 'plan.amount' })
  }
}

/** The tax-free part is at most the price. */
export function readDetails(
  { buyer = {}, tax_free }: z.output<ReturnType<typeof subscriptionRequest>>,
  { amount }: Plan,
): Result<ChargeDetails, SubscriptionRequestFailure> {
  const told = toBuyer(buyer)
  if (tax_free === undefined) return ok({ taxFree: null, buyer: told })
  const taxFree = parseMoney(tax_free, amount.currency)
  return taxFree.ok && taxFree.value.minor <= amount.minor
    ? ok({ taxFree: taxFree.value, buyer: told })
    : fail({ reason: 'request_invalid', field: 'tax_free' })
}

/** Returns what is known of the buyer in the names of the provider. */
export function toBuyer({
  name,
  email,
  tel,
}: z.output<ReturnType<typeof subscriptionChange>>['buyer']): BuyerDetails {
  return {
    ...(name === undefined ? {} : { buyer_name: name }),
    ...(email === undefined ? {} : { buyer_email: email }),
    ...(tel === undefined ? {} : { buyer_tel: tel }),
  }
}

export function readSchedules(
  texts: readonly string[],
): Result<readonly MerchantUid[], SubscriptionRequestFailure> {
  const ids: MerchantUid[] = []
  for (const text of texts) {
    const id = parseMerchantUid(text)
    if (!id.ok) return fail({ reason: 'request_invalid', field: 'schedules' })
    ids.push(id.value)
  }
  return ok(ids)
}
