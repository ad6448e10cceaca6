import { type Client, type ClientFailure, prepare } from '@quayside/client'
import { fail, type Order, ok, type Result, toAmount } from '@quayside/core'

/**
 * Registers the amount of an order with the provider (결제금액 사전등록), so that no payment window opens for
 * another amount. The provider refuses to register an id twice, so after a refusal the registered amount is read.
 */
export async function registerAmount(
  order: Order,
  client: Client,
): Promise<Result<null, ClientFailure>> {
  const amount = toAmount(order.amount)
  const { currency } = order.amount
  const request = { merchant_uid: order.merchantUid, amount, currency }
  const posted = await client.call(prepare.post, request)
  if (posted.ok) return ok(null)
  if (posted.failure.reason !== 'refused') return fail(posted.failure)

  const existing = await client.call(prepare.get, { merchant_uid: order.merchantUid })
  if (!existing.ok) return fail(existing.failure)
  if (existing.value.amount === amount && existing.value.currency === currency) return ok(null)

  const put = await client.call(prepare.put, request)
  return put.ok ? ok(null) : fail(put.failure)
}
