import type { ImpUid, OrderAccount } from '@quayside/core'

/**
 * Returns the payments of an order whose virtual accounts can still be paid into.
 *
 * @param accounts The order's accounts.
 * @returns Their payments, the one whose account is due last at the end.
 *
 * @example
 * ```ts
 * import { toOpenAccounts } from '@quayside/server'
 *
 * console.log(toOpenAccounts([]).length) // 0
 * ```
 */
export function toOpenAccounts(accounts: readonly OrderAccount[]): readonly ImpUid[] {
  return accounts.flatMap(({ impUid, isClosed }) => (isClosed ? [] : [impUid]))
}
