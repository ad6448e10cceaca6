import { expect, it } from 'vitest'
import { printCount } from '../../report/print-count.ts'
import type { Scenario } from './scenario.ts'

/** One test for each scenario and each plan that it is run on. */
export function checkScenarios(scenarios: readonly Scenario[]): void {
  const cases = scenarios.flatMap((scenario) =>
    scenario.plans.map((plan) => [`${scenario.name} (${plan} plan)`, scenario, plan] as const),
  )
  it.each(cases)('%s', async (name, scenario, plan) => {
    const since = performance.now()
    const violations = await scenario.run(plan)
    printCount(`scenario: ${name}`, 1, since)
    expect(violations).toEqual([])
  })
}
