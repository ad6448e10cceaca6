import { describe, expect, inject, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { runAccounts } from './scenarios/accounts.ts'
import { checkScenarios } from './scenarios/check-scenarios.ts'
import { moneyScenarios } from './scenarios/money.ts'
import { runRefunds } from './scenarios/refunds.ts'
import { unexplainedScenarios } from './scenarios/unexplained.ts'

describe('T82: money is in time when it was, and refunded as it was paid', () => {
  checkScenarios(moneyScenarios)

  it.each([
    ['deposits into accounts that attackers surround', runAccounts],
    ['refunds in parts', runRefunds],
  ] as const)('%s', async (name, run) => {
    const since = performance.now()
    const seeds = inject('cases').money
    const violations: string[] = []
    for (let seed = 0; seed < seeds; seed++) violations.push(...(await run(seed)))
    printCount(name, seeds, since)
    expect(violations).toEqual([])
  })
})

describe('T73: money that no order explains is an issue within ten minutes', () => {
  checkScenarios(unexplainedScenarios)
})
