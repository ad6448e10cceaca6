import type { Payee } from '@quayside/core'
import { toPayee } from '../domain/payee.ts'

/** Returns whom a request names; undefined for the account of `IMP_KEY`. It need not be among those of the settings any more. */
export function toNamedPayee({
  account = null,
  tier = null,
}: {
  readonly account?: string | null | undefined
  readonly tier?: string | null | undefined
}): Payee | undefined {
  return toPayee({ account, tier })
}
