import type { ImpUid } from '../values/ids.ts'

declare const brand: unique symbol

/**
 * Who is paid, where a shop has several merchant accounts or sub-merchants: the name of an account, a tilde and a tier code, each only where
 * there is one: `second`, `second~A01`, `~A01`. The account that needs no name has no payee.
 */
export type Payee = string & { readonly [brand]: 'payee' }

/**
 * Returns the id of a payment among those of all accounts: two accounts may have the same `imp_uid`. No `imp_uid` has a
 * tilde, so nobody can name the payment of another account.
 *
 * @param impUid The id of the provider, or one that names its payee already: that one is returned as it is.
 * @param payee Whose payment it is; left out for the account that needs no name.
 * @returns The id: `imp_448280090638~second`.
 *
 * @example
 * ```ts
 * import { parseImpUid, payeeOf, toPaymentOf, type Payee } from '@quayside/core'
 *
 * const impUid = parseImpUid('imp_448280090638')
 * if (impUid.ok) console.log(payeeOf(toPaymentOf(impUid.value, 'second~A01' as Payee))) // second~A01
 * ```
 */
export function toPaymentOf(impUid: ImpUid, payee: Payee | undefined): ImpUid {
  return payee === undefined || impUid.includes('~') ? impUid : (`${impUid}~${payee}` as ImpUid)
}

/**
 * Returns whose payment an id names.
 *
 * @param impUid The id of a payment, as {@link toPaymentOf} makes it.
 * @returns The payee; undefined for the account that needs no name.
 *
 * @example
 * ```ts
 * import { parseImpUid, payeeOf } from '@quayside/core'
 *
 * const impUid = parseImpUid('imp_448280090638')
 * console.log(impUid.ok && payeeOf(impUid.value)) // undefined
 * ```
 */
export function payeeOf(impUid: ImpUid): Payee | undefined {
  const place = impUid.indexOf('~')
  return place < 0 ? undefined : (impUid.slice(place + 1) as Payee)
}
