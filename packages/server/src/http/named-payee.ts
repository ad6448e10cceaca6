import { fail, ok, type Payee, type Result } from '@quayside/core'
import { toPayee } from '../domain/payee.ts'
import { findUnknownPayee, type PayeeDeps } from '../payees.ts'

interface NamedPayee {
  readonly account?: string | null | undefined
  readonly tier?: string | null | undefined
}

/** Returns whom a request names; undefined for the account of `IMP_KEY`. It need not be among those of the settings any more. */
export function toNamedPayee({ account = null, tier = null }: NamedPayee): Payee | undefined {
  return toPayee({ account, tier })
}

/** Returns whom a request names, if the settings do: of a name that is misspelt nothing would be found. */
export function toKnownPayee(
  named: NamedPayee,
  deps: Pick<PayeeDeps, 'payees'>,
): Result<Payee | undefined, { readonly reason: 'account_unknown' | 'tier_unknown' }> {
  const payee = toNamedPayee(named)
  const unknown = findUnknownPayee(payee, deps)
  return unknown === null ? ok(payee) : fail({ reason: unknown })
}
