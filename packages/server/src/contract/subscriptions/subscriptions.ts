import type { Contract } from '../runner.ts'
import { creationContract } from './creation.ts'
import { listContract } from './lists.ts'
import { subscriptionsOfPayeesContract } from './payees.ts'
import { racesContract } from './races.ts'
import { wakeContract } from './wakes.ts'
import { writeContract } from './writes.ts'

/** Subscriptions, their attempts and the orders of these: one compare-and-set each, and a wake by every change of an order. */
export function subscriptionsContract(contract: Contract): void {
  creationContract(contract)
  writeContract(contract)
  wakeContract(contract)
  listContract(contract)
  subscriptionsOfPayeesContract(contract)
  racesContract(contract)
}
