import { attemptsContract } from './attempts.ts'
import { backlogContract } from './backlog.ts'
import { billingKeysContract } from './billing-keys.ts'
import { escrowContract } from './escrow.ts'
import { identityVerificationsContract } from './identity-verifications.ts'
import { issuesContract } from './issues.ts'
import { leaseRacesContract } from './lease-races.ts'
import { orderAccountsContract } from './order-accounts.ts'
import { orderHistoriesContract } from './order-histories.ts'
import { orderListsContract } from './order-lists.ts'
import { orderRacesContract } from './order-races.ts'
import { ordersContract } from './orders.ts'
import { outboxContract } from './outbox.ts'
import { payeesContract } from './payees.ts'
import { paymentLinksContract } from './payment-links.ts'
import { queriesContract } from './queries.ts'
import { createContract, type DatabaseUnderTest, type Runner } from './runner.ts'
import { subscriptionsContract } from './subscriptions.ts'
import { valuesContract } from './values.ts'
import { workContract } from './work.ts'

export type { DatabaseUnderTest, Runner, StoreSettings } from './runner.ts'

/**
 * Declares the tests that every `Store` must pass, whatever its database: what each call writes and returns, that it may
 * be repeated after its answer was lost, hundreds of races on eight connections, text and ids that databases change.
 *
 * @param runner Declares the tests: `describe` and `test` of vitest, jest, node:test, bun or deno. The assertions are
 * those of `node:assert`. Give a test a minute: some run hundreds of transactions.
 * @param openDatabase Makes an empty database; called once for each test.
 *
 * @example
 * ```ts
 * import { describe, test } from 'node:test'
 * import type { Store } from '@quayside/server'
 * import { storeContract } from '@quayside/server/contract'
 *
 * function checkStore(createStore: (now: () => Date) => Store) {
 *   const runner = {
 *     describe: (name: string, body: () => void) => void describe(name, body),
 *     test: (name: string, body: () => Promise<void>) => void test(name, body),
 *   }
 *   storeContract(runner, () => ({ connect: ({ now }) => createStore(now), close: () => {} }))
 * }
 * console.log(typeof checkStore) // function
 * ```
 */
export function storeContract(
  runner: Runner,
  openDatabase: () => DatabaseUnderTest | Promise<DatabaseUnderTest>,
): void {
  const contract = createContract(runner, openDatabase)
  ordersContract(contract)
  orderAccountsContract(contract)
  attemptsContract(contract)
  escrowContract(contract)
  outboxContract(contract)
  workContract(contract)
  issuesContract(contract)
  paymentLinksContract(contract)
  payeesContract(contract)
  queriesContract(contract)
  orderListsContract(contract)
  orderHistoriesContract(contract)
  backlogContract(contract)
  valuesContract(contract)
  orderRacesContract(contract)
  leaseRacesContract(contract)

  identityVerificationsContract(contract)
  billingKeysContract(contract)

  subscriptionsContract(contract)
}
