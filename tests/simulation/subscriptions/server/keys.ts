import { parseSubscriptionId } from '../../../../packages/core/src/index.ts'
import { toKeyOf, toPayee } from '../../../../packages/server/src/index.ts'
import type { KeyTimes } from '../checker.ts'
import { type Customer, usableKeys } from './customer.ts'
import type { Instance } from './instance.ts'

/** A card is registered at the provider, and the shop tells the server whose it is: from then on it is charged first. */
export async function addKey(customer: Customer, server: Instance, now: number): Promise<void> {
  const { customerId: customer_id, provider, keys } = customer
  // A customer has keys with the same ids in each account.
  const customer_uid = `${customer_id}-card-${keys.size + 1}`
  await provider.register(customer_uid)
  const account = toAccount(customer)
  const body = { customer_id, customer_uid, method: 'existing', ...account }
  const { status } = await server.api('/billing-keys', body)
  // The provider could not be asked for its record: the buyer comes another time.
  if (status !== 'registered') return
  keys.set(customer_uid, { from: now, to: null })
  const preferred = { customer_uids: usableKeys(customer).slice(0, maxPreferred) }
  const query = new URLSearchParams(account)
  await server.api(`/customers/${customer_id}/billing-keys?${query}`, preferred, 'PUT')
}

/** The buyer gives up the key that is charged first. Returns whether there was one. */
export async function giveUpKey(
  customer: Customer,
  server: Instance,
  now: number,
): Promise<boolean> {
  const [key] = usableKeys(customer)
  const times = key === undefined ? undefined : customer.keys.get(key)
  if (key === undefined || times === undefined) return false
  const query = new URLSearchParams({ ...toAccount(customer), requester: 'customer' })
  await server.api(`/billing-keys/${key}?${query}`, undefined, 'DELETE')
  // Whether or not the provider could be asked to delete it, the server knows now.
  customer.keys.set(key, {
    ...times,
    to: now,
    permitted: await readPermitted(customer, key, server),
  })
  return true
}

/** How often each attempt with a key was permitted to charge it until now, by the rows of the server and the calls that were made. */
async function readPermitted(
  { id, provider }: Customer,
  key: string,
  { store }: Instance,
): Promise<NonNullable<KeyTimes['permitted']>> {
  const permitted = new Map<string, number>()
  const subscriptionId = parseSubscriptionId(id)
  const read = subscriptionId === null ? null : await store.subscriptions.read([subscriptionId])
  if (!read?.ok) throw new TypeError(`Cannot read ${id}`)
  const billingKey = toKeyOf(key, toPayee({ account: provider.account.name, tier: null }))
  for (const attempt of read.value.flatMap(({ attempts }) => attempts)) {
    if (attempt.billingKey === billingKey) permitted.set(attempt.merchantUid, attempt.sends)
  }
  const calls = provider.calls.filter((call) => call.billingKey === key)
  for (const [merchantUid, made] of Map.groupBy(calls, (call) => call.merchantUid)) {
    permitted.set(merchantUid, Math.max(made.length, permitted.get(merchantUid) ?? 0))
  }
  return permitted
}

/** How many keys the shop orders at once. */
const maxPreferred = 20

function toAccount({ provider }: Customer): { readonly account?: string } {
  const { name } = provider.account
  return name === null ? {} : { account: name }
}
