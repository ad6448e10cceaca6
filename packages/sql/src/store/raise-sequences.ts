import { ok, type Result } from '@quayside/core'
import type { Driver } from '../driver.ts'
import { restoredVerifications } from '../identity-statements.ts'
import { raisedBy, restore, restoreSubscriptions } from '../shared-statements.ts'
import { rowsAt, runTwice, type StoreUnavailable } from '../transaction.ts'

const rowsPerPage = 1_000

/**
 * Raises the sequence of every order, billing key, identity verification and subscription, a page in each transaction: after a
 * restore, each would count its events again from what the backup had, and their ids were used before, for other contents.
 * Called again after it was interrupted, it raises some of them twice, which changes nothing else.
 *
 * @returns How many orders there are.
 */
export async function raiseSequences(driver: Driver): Promise<Result<number, StoreUnavailable>> {
  const keys = await raiseAll(driver, restore.pageOfKeys, restore.raiseKeys)
  if (!keys.ok) return keys
  for (const { page, raise } of [restoredVerifications(raisedBy), restoreSubscriptions]) {
    const raised = await raiseAll(driver, page, raise)
    if (!raised.ok) return raised
  }
  return raiseAll(driver, restore.page, restore.raise)
}

async function raiseAll(
  driver: Driver,
  page: string,
  raise: string,
): Promise<Result<number, StoreUnavailable>> {
  let after = ''
  let count = 0
  for (;;) {
    const pages = await runTwice(driver, [{ text: page, values: [after, rowsPerPage] }])
    if (!pages.ok) return pages
    const last = rowsAt<{ readonly last: string | null }>(pages.value, 0)[0]?.last ?? null
    if (last === null) return ok(count)
    const raised = await runTwice(driver, [{ text: raise, values: [after, last] }])
    if (!raised.ok) return raised
    count += raised.value[0]?.changes ?? 0
    after = last
  }
}
