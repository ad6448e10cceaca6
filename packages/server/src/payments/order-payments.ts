import { type Client, payments } from '@quayside/client'
import {
  fail,
  type LookupFailure,
  type MerchantUid,
  ok,
  type Payee,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { toProviderFailure } from '@quayside/hono'
import type { JobDeps } from '../deps.ts'
import type { PaidOrder } from '../domain/payee.ts'
import { toDepsOf } from '../payees.ts'
import { isTooLarge } from './read-payments.ts'

/** The first fits one response even when each record has 30 KB of custom data; of larger records fewer are read. */
const limits = [20, 5, 1] as const

/**
 * Makes a function that reads the payments of an order in one call: paid ones first, 20 at most. An order without a payment
 * has an empty list.
 */
export function createOrderPayments(
  client: Client,
): (merchantUid: MerchantUid) => Promise<Result<readonly unknown[], LookupFailure>> {
  return async (merchant_uid) => {
    const [most, ...fewer] = limits
    const sorting = '-paid'
    let found = await client.call(payments.findAll, { merchant_uid, sorting, limit: most })
    for (const limit of fewer) {
      if (found.ok || !isTooLarge(found.failure)) break
      found = await client.call(payments.findAll, { merchant_uid, sorting, limit })
    }
    if (found.ok) return ok(found.value.list)
    const { failure } = found
    return failure.reason === 'not_found' ? ok([]) : fail(toProviderFailure(failure))
  }
}

/** Makes the same with the client of whoever is paid by the order. */
export function createPaymentsOfOrder(
  deps: Pick<JobDeps, 'client' | 'payees'>,
): (order: PaidOrder) => ReturnType<ReturnType<typeof createOrderPayments>> {
  return ({ merchantUid, payee }) => createOrderPayments(toDepsOf(payee, deps).client)(merchantUid)
}

/** Finds who is paid by an order. Nothing is read where there is one account. */
export async function findPayee(
  merchantUid: MerchantUid,
  { payees, store }: Pick<JobDeps, 'payees' | 'store'>,
): Promise<Result<Payee | undefined, StoreFailure>> {
  if (payees === undefined || payees.others.length === 0) return ok(undefined)
  const order = await store.orders.find(merchantUid)
  return order.ok ? ok(order.value.payee) : order
}
