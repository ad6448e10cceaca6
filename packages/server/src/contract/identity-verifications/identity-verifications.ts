import type { Contract } from '../runner.ts'
import { deletionsContract } from './deletions.ts'
import { verificationsOfPayeesContract } from './payees.ts'
import { personsContract } from './persons.ts'
import { resultsContract } from './results.ts'
import { usesContract } from './uses.ts'

export function identityVerificationsContract(contract: Contract): void {
  const { describe } = contract
  describe('identity verifications', () => {
    resultsContract(contract)
    personsContract(contract)
    verificationsOfPayeesContract(contract)
    usesContract(contract)
    deletionsContract(contract)
  })
}
