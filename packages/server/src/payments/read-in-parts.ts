import { type LookupFailure, type Order, ok, type Result } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import { toOpenAccounts } from '../domain/accounts.ts'
import { toDepsOf } from '../payees.ts'
import { type Budget, unlimitedBudget } from '../run-budget.ts'
import { createOrderPayments } from './order-payments.ts'
import { type ParsedRecord, parseRecords } from './payment-record.ts'
import { readPayments } from './read-payments.ts'

/** What {@link readInParts} may use beside reading the accounts: three calls, of which the last may be repeated once. */
export const costOfParts = { requests: 4 }

/**
 * Reads what matters of an order that has more payments than one response holds: the payments with money, and those whose
 * accounts are open. Anybody can start any number of payments for an order.
 */
export async function readInParts(
  { merchantUid, accounts, payee }: Order,
  deps: JobDeps,
  budget: Budget = unlimitedBudget,
): Promise<Result<readonly ParsedRecord[], LookupFailure>> {
  const found = await createOrderPayments(toDepsOf(payee, deps).client)(merchantUid)
  if (!found.ok) return found
  const first = parseRecords(found.value, deps.log)
  const known = new Set(first.map(({ payment }) => payment.impUid))
  const others = toOpenAccounts(accounts).filter((impUid) => !known.has(impUid))
  const read = await readPayments('imp_uid', others, deps, budget)
  return ok([...first, ...read.records])
}
