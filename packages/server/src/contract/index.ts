import { billingKeysContract } from './billing-keys/billing-keys.ts'
import { identityVerificationsContract } from './identity-verifications/identity-verifications.ts'
import { cancelsContract } from './jobs/cancels.ts'
import { cursorsContract } from './jobs/cursors.ts'
import { healthContract } from './jobs/health.ts'
import { issuesContract } from './jobs/issues.ts'
import { leaseRacesContract } from './jobs/lease-races.ts'
import { pollScheduleContract } from './jobs/poll-schedule.ts'
import { retentionContract } from './jobs/retention.ts'
import { revocationsContract } from './jobs/revocations.ts'
import { orderHistoriesContract } from './order-queries/histories.ts'
import { orderListsContract } from './order-queries/lists.ts'
import { queriesContract } from './order-queries/queries.ts'
import { orderAccountsContract } from './orders/accounts.ts'
import { attemptsContract } from './orders/attempts.ts'
import { escrowContract } from './orders/escrow.ts'
import { ordersContract } from './orders/orders.ts'
import { payeesContract } from './orders/payees.ts'
import { paymentLinksContract } from './orders/payment-links.ts'
import { orderRacesContract } from './orders/races.ts'
import { valuesContract } from './orders/values.ts'
import { backlogContract } from './outbox/backlog.ts'
import { outboxContract } from './outbox/outbox.ts'
import { createContract, type DatabaseUnderTest, type Runner } from './runner.ts'
import { subscriptionsContract } from './subscriptions/subscriptions.ts'

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
  cancelsContract(contract)
  revocationsContract(contract)
  pollScheduleContract(contract)
  cursorsContract(contract)
  healthContract(contract)
  retentionContract(contract)
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
