import { describe } from 'vitest'
import { checkScenarios } from './scenarios/check-scenarios.ts'
import { moneyScenarios } from './scenarios/money.ts'

describe('T81: money is explained, refunded as it was paid, and in time when it was', () => {
  checkScenarios(moneyScenarios)
})
