import type { Contract } from '../runner.ts'
import { usableKeysContract } from './of-customers.ts'
import { keysOfPayeesContract } from './payees.ts'
import { pollsContract } from './polls.ts'
import { racesContract } from './races.ts'
import { registrationsContract } from './registrations.ts'

export function billingKeysContract(contract: Contract): void {
  registrationsContract(contract)
  usableKeysContract(contract)
  keysOfPayeesContract(contract)
  pollsContract(contract)
  racesContract(contract)
}
