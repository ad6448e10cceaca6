import { type ImpUid, type MerchantUid, ok, type Result, type StoreFailure } from '@quayside/core'
import type { Cancel } from '../domain/cancel.ts'
import type { TaxShares } from '../domain/tax-shares.ts'
import type { Store } from '../ports/store.ts'

/** Reads the cancels of a payment that took place; an order without tax shares needs none. */
export async function readCancels(
  merchantUid: MerchantUid,
  impUid: ImpUid,
  { taxFree, vat }: TaxShares,
  { cancels }: Store,
): Promise<Result<readonly Cancel[], StoreFailure>> {
  if (taxFree === null && vat === null) return ok([])
  const found = await cancels.ofOrder(merchantUid)
  if (!found.ok) return found
  return ok(found.value.filter((each) => each.impUid === impUid && each.state === 'confirmed'))
}
