import { runBuyers } from '../../buyers/buyers.ts'
import { isolationScenarios } from '../scenarios/isolation.ts'
import { moneyScenarios } from '../scenarios/money.ts'
import { unexplainedScenarios } from '../scenarios/unexplained.ts'
import { volumeScenarios } from '../scenarios/volume.ts'

/** Everything that a planted flaw can be found by: each returns the invariants that were broken. */
export const checks: ReadonlyMap<string, () => Promise<readonly string[]>> = new Map([
  ...[
    ...volumeScenarios,
    ...isolationScenarios,
    ...moneyScenarios,
    ...unexplainedScenarios,
  ].flatMap((scenario) =>
    scenario.plans.map(
      (plan) => [`${scenario.name} (${plan} plan)`, () => scenario.run(plan)] as const,
    ),
  ),
  ['a buyer whose payment is known or named', async () => (await runBuyers(0, 200)).known] as const,
])
