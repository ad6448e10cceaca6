import { type Commands, check, type KeyTimes } from '../checker.ts'
import type { Books } from '../ledger.ts'
import type { Provider } from './provider.ts'

/** A buyer with a subscription in one account; what was done with it, and its billing keys there. */
export interface Customer {
  /** The id of the subscription. */
  readonly id: string
  /** The merchant's id of the buyer, who may have a subscription in each account. */
  readonly customerId: string
  readonly provider: Provider
  readonly keys: Map<string, KeyTimes>
  startedAt: number
  cancelledAt: number | null
  isRegular: boolean
}

/** The keys that are not given up, the newest first. */
export function usableKeys({ keys }: Pick<Customer, 'keys'>): readonly string[] {
  return [...keys]
    .filter(([, { to }]) => to === null)
    .map(([key]) => key)
    .toReversed()
}

/** Judges a subscription by the books of its provider; in those of another it has nothing. */
export function judge(
  customer: Customer,
  providers: readonly Provider[],
  {
    status,
    dueAt,
    endedAt,
  }: { readonly status: string; readonly dueAt: number | null; readonly endedAt: number },
): readonly string[] {
  const { provider } = customer
  const isOwn = ({ merchantUid }: { readonly merchantUid: string }) =>
    merchantUid.startsWith(`sub-${customer.id}-`)
  const books: Books = {
    calls: provider.calls.filter(isOwn),
    payments: provider.payments.filter(isOwn),
    find: (merchantUid) => provider.find(merchantUid),
  }
  const commands: Commands = { cancelledAt: customer.cancelledAt, keys: customer.keys }
  const { startedAt, isRegular } = customer
  const elsewhere = providers
    .filter((each) => each !== provider)
    .flatMap(({ calls }) => calls.filter(isOwn))
  return [
    ...check(books, commands, { startedAt, endedAt, status, dueAt, isRegular }),
    ...elsewhere.map(({ merchantUid }) => `S10: ${merchantUid} was charged in another account`),
  ]
}
