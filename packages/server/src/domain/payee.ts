import { type ImpUid, type MerchantUid, type Payee, payeeOf } from '@quayside/core'

/** The parts of a payee, in the names of the merchant API. */
export interface PayeeParts {
  /** The name of the account in the settings; null for the account that needs none. */
  readonly account: string | null
  /** The code of the sub-merchant (하위상점); null without one. */
  readonly tier: string | null
}

/** An order, and who is paid by it: undefined for the account that needs no name. */
export interface PaidOrder {
  readonly merchantUid: MerchantUid
  readonly payee: Payee | undefined
}

/**
 * Returns who is paid.
 *
 * @param parts The account and the tier, each within its grammar.
 * @returns The payee; undefined for the account that needs no name, without a tier.
 *
 * @example
 * ```ts
 * import { toPayee } from '@quayside/server'
 *
 * console.log(toPayee({ account: 'second', tier: 'A01' })) // second~A01
 * console.log(toPayee({ account: null, tier: null })) // undefined
 * ```
 */
export function toPayee({ account, tier }: PayeeParts): Payee | undefined {
  const text = `${account ?? ''}${tier === null ? '' : `~${tier}`}`
  return text === '' ? undefined : (text as Payee)
}

/** Returns whom a request names; undefined for the account of `IMP_KEY`. It need not be among those of the settings any more. */
export function toNamedPayee({ account = null, tier = null }: NamedPayee): Payee | undefined {
  return toPayee({ account, tier })
}

/** The parts of a payee as a request may leave them out. */
export interface NamedPayee {
  readonly account?: string | null | undefined
  readonly tier?: string | null | undefined
}

/** Returns the parts of a payee. */
export function readPayee(payee: Payee | undefined): PayeeParts {
  const [account = '', tier = null] = payee?.split('~') ?? []
  return { account: account === '' ? null : account, tier }
}

/**
 * Returns what a billing key is called here: the provider's `customer_uid`, a tilde and the payee. Two accounts may have keys with one
 * `customer_uid`, and none is charged in the account of the other.
 *
 * @param customerUid The provider's id of the key. It has no tilde.
 * @param payee Whose key it is; undefined for the account that needs no name, whose keys are called as the provider calls them.
 *
 * @example
 * ```ts
 * import { toKeyOf, toPayee } from '@quayside/server'
 *
 * console.log(toKeyOf('ck1', toPayee({ account: 'second', tier: null }))) // ck1~second
 * ```
 */
export function toKeyOf(customerUid: string, payee: Payee | undefined): string {
  return payee === undefined ? customerUid : `${customerUid}~${payee}`
}

/** Returns whose key it is, from what {@link toKeyOf} made. */
export function payeeOfKey(key: string): Payee | undefined {
  const place = key.indexOf('~')
  return place < 0 ? undefined : (key.slice(place + 1) as Payee)
}

/** Returns the provider's `customer_uid` of a key, without its payee. */
export function toProviderKey(key: string): string {
  const place = key.indexOf('~')
  return place < 0 ? key : key.slice(0, place)
}

/** Returns the id that the provider gave a payment, without its payee. */
export function toProviderId(impUid: ImpUid): ImpUid {
  const payee = payeeOf(impUid)
  return payee === undefined ? impUid : (impUid.slice(0, -payee.length - 1) as ImpUid)
}
